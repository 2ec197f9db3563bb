"""Messages that ask for no policy: greetings, thanks, abuse, talk about the bot, injections."""

from __future__ import annotations

import re

from bot.text.normalise import normalise

# The whole message is small talk, or it is a question: nothing else may stand beside these.
SMALL_TALK = re.compile(
    r"(你好|您好|哈喽|哈啰|嗨|hi|hello|hey|在吗|在么|在不在|有人吗|早|早上好|上午好|中午好|下午好|晚上好|晚安"
    r"|谢谢(你|您|了|啦)?|多谢|感谢|好的?|好吧|行|嗯+|哦+|噢|ok|知道了|明白了?|收到|再见|拜拜|bye"
    r"|你是(谁|什么|机器人吗|人工吗|真人吗)|你叫什么(名字)?|你会(做)?什么|你能(做|干)(什么|啥)|哈+|呵+|嘿+|测试|test|666+"
    r"|讲个笑话|说个笑话|你真(棒|好|聪明|厉害)|辛苦了|[吧啊呀呢吗哦])+"
)
ABUSE = re.compile(
    r"傻[逼比b叉]|[操草艹]你|你妈的|他妈的|去死|滚(蛋|开|吧|$)|废物|垃圾(机器人|东西)|王八蛋|智障|白痴|fuck|shit|sb$"
)
INJECTION = re.compile(
    r"(忽略|无视|忘记|忘掉|不要理会|跳过).{0,12}(指令|指示|提示|规则|设定|要求|限制|约束)"
    r"|(系统|初始|隐藏)(提示|指令|prompt)|提示词|越狱|开发者模式"
    r"|(你现在是|从现在起你是|从现在开始你|假装你?是|扮演|角色扮演)"
    r"|ignore.{0,30}(instruction|prompt|rule)|system\s*prompt|jailbreak|act\s+as|you\s+are\s+now|developer\s+mode"
)
BETWEEN = re.compile(r"[\W_]+")
GREETING = re.compile(
    r"^((你好|您好|哈喽|嗨|请问|早上好|上午好|下午好|晚上好|同志)[啊呀吗]?[\s,，。.!！~～、:：]*)+"
)


def is_small_talk(text: str) -> bool:
    """Tell whether a message is small talk, abuse or an attempt to steer the bot."""
    folded = normalise(text)
    bare = BETWEEN.sub("", folded)
    return bool(
        (bare and SMALL_TALK.fullmatch(bare)) or ABUSE.search(bare) or INJECTION.search(folded)
    )


def without_greeting(text: str) -> str:
    """Drop a greeting in front of a question; a message of greetings alone stays as it is."""
    return GREETING.sub("", text).strip() or text
