"""Words for addresses by post."""

# Behind one of these an address follows.
LEADS_TO_ADDRESS = (
    r"(?:(?:来信|信件|信函|书信|材料|举报信)?(?:请|可)?(?:邮寄|寄送|寄往|投寄|直接寄|寄信|寄)(?:至|到|往|给)?:?"
    r"|(?:邮寄|通信|通讯|来信|收信|寄信|信访|联系|邮政|举报|投递)(?:地址|地点)(?:设?为|是|:)"
    r"|邮政(?:专用|举报)?信箱(?:号码?|地址)?(?:设?为|是|:)|(?:专用|专门)信箱(?:设?为|是|:))"
)

# A line that is nothing but such a mailbox is an address.
MAILBOX = (
    r"(?:邮政(?:局|分公司|支局)?[A-Z]?\d{1,4}号?(?:专用)?信箱"
    r"|[A-Z]?\d{1,4}号(?:邮政)?(?:专用)?信箱)"
)

# '..., 区委巡察办收'
TO_WHOM = r"^[^,;。]{2,30}(?:收|启)\)?$"

# An address that is none: what is said of ways in general.
NO_ADDRESS = (
    r"来电|来访|短信|邮件等|等方式|方式反映|反映问题|受理|欢迎|地址:?$"
    r"|设[置有立]|下一[条篇]|上一[条篇]|版权|技术支持|^(?:送|交)"
)
