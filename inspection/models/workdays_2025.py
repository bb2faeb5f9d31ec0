"""The official arrangement of holidays and working days of 2025.

Source: 国务院办公厅关于2025年部分节假日安排的通知 (国办发明电〔2024〕12号), 12 November 2024.
Days that are not listed follow the week: Monday to Friday are working days.
"""

from datetime import date

# Each row: the day, whether it is a working day, and the holiday that it belongs to.
EXCEPTIONS: tuple[tuple[date, bool, str], ...] = (
    (date(2025, 1, 1), False, "元旦"),
    (date(2025, 1, 26), True, "春节调休上班"),
    (date(2025, 1, 28), False, "春节"),
    (date(2025, 1, 29), False, "春节"),
    (date(2025, 1, 30), False, "春节"),
    (date(2025, 1, 31), False, "春节"),
    (date(2025, 2, 1), False, "春节"),
    (date(2025, 2, 2), False, "春节"),
    (date(2025, 2, 3), False, "春节"),
    (date(2025, 2, 4), False, "春节"),
    (date(2025, 2, 8), True, "春节调休上班"),
    (date(2025, 4, 4), False, "清明节"),
    (date(2025, 4, 5), False, "清明节"),
    (date(2025, 4, 6), False, "清明节"),
    (date(2025, 4, 27), True, "劳动节调休上班"),
    (date(2025, 5, 1), False, "劳动节"),
    (date(2025, 5, 2), False, "劳动节"),
    (date(2025, 5, 3), False, "劳动节"),
    (date(2025, 5, 4), False, "劳动节"),
    (date(2025, 5, 5), False, "劳动节"),
    (date(2025, 5, 31), False, "端午节"),
    (date(2025, 6, 1), False, "端午节"),
    (date(2025, 6, 2), False, "端午节"),
    (date(2025, 9, 28), True, "国庆节、中秋节调休上班"),
    (date(2025, 10, 1), False, "国庆节、中秋节"),
    (date(2025, 10, 2), False, "国庆节、中秋节"),
    (date(2025, 10, 3), False, "国庆节、中秋节"),
    (date(2025, 10, 4), False, "国庆节、中秋节"),
    (date(2025, 10, 5), False, "国庆节、中秋节"),
    (date(2025, 10, 6), False, "国庆节、中秋节"),
    (date(2025, 10, 7), False, "国庆节、中秋节"),
    (date(2025, 10, 8), False, "国庆节、中秋节"),
    (date(2025, 10, 11), True, "国庆节、中秋节调休上班"),
)
