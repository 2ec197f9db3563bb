"""Messages that ask for no policy: greetings, thanks, abuse, talk about the bot, injections."""

from __future__ import annotations

import re

from bot.text.normalise import normalise

# The whole message is small talk, or it is a question: nothing else may stand beside these.
SMALL_TALK = re.compile(
    r"(你好|您好|哈喽|哈啰|嗨|hi|hello|hey|在吗|在么|在不在|有人吗|早|早上好|上午好|中午好|下午好|晚上好|晚安"
    r"|谢谢(你|您|大家)?(了|啦)?|多谢|感谢|好的?|好吧|行|嗯+|哦+|噢|ok|知道了|明白了?|收到|再见|拜拜|bye"
    r"|你是(谁|什么|机器人吗|人工吗|真人吗)|你叫什么(名字)?|你会(做)?什么|你能(做|干)(什么|啥)|哈+|呵+|嘿+|测试|test|666+"
    r"|讲个笑话|说个笑话|你真(棒|好|聪明|厉害)|辛苦了|[吧啊呀呢吗哦])+"
)
# Words of abuse are also parts of plain ones (电子废物, 去死亡登记): they count where little else
# is said, or where they are thrown at somebody.
ABUSE_AT = re.compile(
    r"傻[逼比叉]|傻b|[操草艹]你|你妈的|他妈的|王八蛋|fuck"
    r"|(你|你们|机器人)(就是|是|个|这|真|都|的|破)*(废物|垃圾|智障|白痴|傻子|去死$|滚)"
)
ABUSE = re.compile(r".{0,3}(废物|垃圾|智障|白痴|去死|滚蛋|滚开|滚|shit).{0,2}")
INJECTION = re.compile(
    r"(忽略|无视|忘记|忘掉|不要理会|不用管)(掉|了)?(你|以上|之前|上面|前面|先前|所有|全部|一切|刚才)"
    r"|(系统|初始|隐藏)(提示|指令|prompt)|提示词|越狱模式|开发者模式"
    r"|你现在是|从现在起你是|从现在开始你|假装你?是|扮演"
    r"|ignore.{0,30}(instruction|prompt|rule)|systemprompt|jailbreak|actas|youarenow|developermode"
)
BETWEEN = re.compile(r"[\W_]+")
GREETING = re.compile(
    r"^((你好|您好|哈喽|嗨|hi\b|hello\b|hey\b|请问|早上好|上午好|下午好|晚上好|同志)[啊呀吗]?[\s,，。.!！~～、:：]*)+",
    re.IGNORECASE,
)


def is_small_talk(text: str) -> bool:
    """Tell whether a message is small talk, abuse or an attempt to steer the bot."""
    folded = normalise(text)
    bare = BETWEEN.sub("", folded)
    if not bare:
        return False
    abusive = ABUSE.fullmatch(bare) or (ABUSE_AT.search(bare) is not None)
    return bool(SMALL_TALK.fullmatch(bare) or abusive or INJECTION.search(bare))


def without_greeting(text: str) -> str:
    """Drop a greeting in front of a question; a message of greetings alone stays as it is."""
    return GREETING.sub("", text).strip() or text
