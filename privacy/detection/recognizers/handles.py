"""Handles people go by on the net, in the words of many languages; addresses are in `contact`."""

from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_PLACES = (
    r"instagram|insta|ig|twitter|telegram|tg|tiktok|snapchat|snap|discord|wechat|weixin|skype|kakaotalk|kakao|line id|viber|vk|facebook|fb|linkedin"
    r"|youtube|twitch|steam|psn|gamertag|reddit|venmo|cash ?app|paypal|pix|zalo|threads|mastodon|bluesky|github"
)
_NAMES = (
    r"user ?name|user ?id|login|log-in|handle|screen ?name|nick(?:name)?|benutzername|nutzername|nutzerkennung|nom d'utilisateur|identifiant|pseudo"
    r"|nombre de usuario|usuario|nome utente|utente|nome de usuário|usuário|utilizador|gebruikersnaam|nazwa użytkownika|kullanıcı adı\w{0,3}|nama pengguna|akun|логин|никнейм|ник"
)
_UNSPACED = (
    r"微信号?|微信號|用户名|用戶名|账号名|帐号名|昵称|(?<![a-z])QQ号?|微博|抖音号?|小红书|ユーザー名|ユーザーID|アカウント名|インスタ|ラインID|LINE ID"
    r"|아이디|카톡|카카오톡|인스타|닉네임|ไลน์ไอดี|ไอดีไลน์|ไลน์|ไอดี|ไอจี|ชื่อผู้ใช้|اسم المستخدم|انستقرام|انستغرام|سناب|تويتر|تلغرام|यूज़रनेम|यूजरनेम|इंस्टाग्राम|इंस्टा"
)
_IS = r"(?: (?:is|ist|est|es|é|è|to|name|id|handle|account|user|adım|adi|saya|мой|это))?"
_HANDLE = r"@?(?P<value>[a-z0-9](?:[a-z0-9_.-]{1,28})[a-z0-9_])(?![a-z0-9_])"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [
        # What follows a word is a handle if it looks like no word: a colon, a digit, an underscore.
        GatedRecognizer(
            "USER_HANDLE",
            [(rf"(?<![^\W_])(?:{_PLACES}|{_NAMES}){_IS} ?(?:[:=] ?| (?=[a-z.-]*[\d_])){_HANDLE}(?!@)", 0.6)],
            name="NamedHandles",
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "USER_HANDLE",
            [(rf"(?:{_UNSPACED})(?: ?(?:名|号|號|ID|id|아이디))?[是为為はがย:: =ค]{{0,3}}(?:คือ|은|는|이|가|هو|है)? ?{_HANDLE}(?!@)", 0.6)],
            name="HandlesAfterOtherScripts",
            min_digits=0,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        # Reddit's way, and the part of a profile's address that is the person.
        GatedRecognizer(
            "USER_HANDLE",
            [
                (r"(?<![\w/.])/?u/(?=[A-Za-z_-]*\d|[A-Za-z0-9-]*_)(?P<value>[A-Za-z0-9_-]{3,20})(?![\w/])", 0.6),
                (
                    r"(?<![\w@-])(?:www\.|m\.)?(?:instagram|twitter|x|tiktok|facebook|fb|t|snapchat|github|vk|threads|medium|pinterest|soundcloud|twitch|paypal)"
                    r"\.(?:com/(?:@|add/)?|me/|net/@?|tv/)(?P<value>(?!p/|watch|share|reel|explore|home|search|help|about|login|status)[A-Za-z0-9_.]{3,40})",
                    0.55,
                ),
                (r"(?<![\w@-])(?:[a-z]{2}\.|www\.)?linkedin\.com/(?:in|pub)/(?P<value>[\w%-]{3,80})", 0.55),
                (r"(?<![\w@-])youtube\.com/(?:@|c/|user/)(?P<value>[\w.-]{3,40})", 0.55),
            ],
            name="ProfileAddresses",
            reason=Reason.CUE,
        ),
    ]  # fmt: skip
