"""The official arrangement of holidays and working days of 2026.

Source: 国务院办公厅关于2026年部分节假日安排的通知 (国办发明电〔2025〕7号), 4 November 2025.
Days that are not listed follow the week: Monday to Friday are working days.
"""

from datetime import date

# Each row: the day, whether it is a working day, and the holiday that it belongs to.
EXCEPTIONS: tuple[tuple[date, bool, str], ...] = (
    (date(2026, 1, 1), False, "元旦"),
    (date(2026, 1, 2), False, "元旦"),
    (date(2026, 1, 3), False, "元旦"),
    (date(2026, 1, 4), True, "元旦调休上班"),
    (date(2026, 2, 14), True, "春节调休上班"),
    (date(2026, 2, 15), False, "春节"),
    (date(2026, 2, 16), False, "春节"),
    (date(2026, 2, 17), False, "春节"),
    (date(2026, 2, 18), False, "春节"),
    (date(2026, 2, 19), False, "春节"),
    (date(2026, 2, 20), False, "春节"),
    (date(2026, 2, 21), False, "春节"),
    (date(2026, 2, 22), False, "春节"),
    (date(2026, 2, 23), False, "春节"),
    (date(2026, 2, 28), True, "春节调休上班"),
    (date(2026, 4, 4), False, "清明节"),
    (date(2026, 4, 5), False, "清明节"),
    (date(2026, 4, 6), False, "清明节"),
    (date(2026, 5, 1), False, "劳动节"),
    (date(2026, 5, 2), False, "劳动节"),
    (date(2026, 5, 3), False, "劳动节"),
    (date(2026, 5, 4), False, "劳动节"),
    (date(2026, 5, 5), False, "劳动节"),
    (date(2026, 5, 9), True, "劳动节调休上班"),
    (date(2026, 6, 19), False, "端午节"),
    (date(2026, 6, 20), False, "端午节"),
    (date(2026, 6, 21), False, "端午节"),
    (date(2026, 9, 20), True, "国庆节调休上班"),
    (date(2026, 9, 25), False, "中秋节"),
    (date(2026, 9, 26), False, "中秋节"),
    (date(2026, 9, 27), False, "中秋节"),
    (date(2026, 10, 1), False, "国庆节"),
    (date(2026, 10, 2), False, "国庆节"),
    (date(2026, 10, 3), False, "国庆节"),
    (date(2026, 10, 4), False, "国庆节"),
    (date(2026, 10, 5), False, "国庆节"),
    (date(2026, 10, 6), False, "国庆节"),
    (date(2026, 10, 7), False, "国庆节"),
    (date(2026, 10, 10), True, "国庆节调休上班"),
)
