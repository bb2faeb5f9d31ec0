"""The one table of the kinds of files that are taken, and of those that are not.

The page's chooser, its script and its hint, the look at a file's content, the sentences about
refused files, the copies that clerks look at, the names of downloads and the tests are made
from it: whoever adds a kind adds one entry.
"""

from intake.report.evidence.describing import Foreign, Kind, Sort, pattern

_FILMS = ("mp4", "m4v", "mov", "3gp")
HEIC_ROOM = "HEIC"
RECORDINGS = (Sort.SOUND, Sort.FILM)

_PICTURES = (
    Kind(
        "jpeg",
        Sort.PICTURE,
        ("jpg", "jpeg", "jpe", "jfif"),
        types=("image/jpeg",),
        begins=pattern(rb"\xff\xd8\xff"),
        copy_by="JPEG",
    ),
    Kind(
        "png",
        Sort.PICTURE,
        ("png",),
        types=("image/png",),
        begins=pattern(rb"\x89PNG\r\n\x1a\n"),
        copy_by="PNG",
    ),
    Kind(
        "heic",
        Sort.PICTURE,
        ("heic", "heif", "hif"),
        types=("image/heic", "image/heif"),
        brands=(b"hei", b"hev", b"mif", b"msf"),
        copy_by=HEIC_ROOM,
    ),
    Kind(
        "webp",
        Sort.PICTURE,
        ("webp",),
        spelt="WebP",
        types=("image/webp",),
        begins=pattern(rb"RIFF....WEBP"),
        copy_by="WEBP",
    ),
    Kind(
        "gif",
        Sort.PICTURE,
        ("gif",),
        types=("image/gif",),
        # Without a table of colours, a block begins right behind the head.
        begins=pattern(rb"GIF8[79]a.{4}(?:[\x80-\xff]|[\x00-\x7f]..[,!;])"),
        copy_by="GIF",
    ),
    Kind(
        "bmp",
        Sort.PICTURE,
        ("bmp", "dib"),
        types=("image/bmp", "image/x-ms-bmp"),
        # The second head tells its own length.
        begins=pattern(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"),
        copy_by="BMP",
    ),
    Kind(
        "tiff",
        Sort.PICTURE,
        ("tif", "tiff"),
        spelt="TIFF",
        types=("image/tiff",),
        begins=pattern(rb"II[*+]\0|MM\0[*+]"),
        copy_by="TIFF",
    ),
    Kind(
        "avif",
        Sort.PICTURE,
        ("avif", "avifs"),
        types=("image/avif",),
        brands=(b"avi",),
        copy_by="AVIF",
    ),
)
_SOUNDS = (
    Kind(
        "mp3",
        Sort.SOUND,
        ("mp3",),
        types=("audio/mpeg", "audio/mp3"),
        # A tag, or the head of a frame of layer III whose fields are all in use.
        begins=pattern(
            rb"ID3[^\xff][^\xff].[\x00-\x7f]{4}"
            rb"|\xff[\xe2\xe3\xf2\xf3\xfa\xfb](?![\x00-\x0f\xf0-\xff])"
            rb"[^\x0c-\x0f\x1c-\x1f\x2c-\x2f\x3c-\x3f\x4c-\x4f\x5c-\x5f\x6c-\x6f\x7c-\x7f"
            rb"\x8c-\x8f\x9c-\x9f\xac-\xaf\xbc-\xbf\xcc-\xcf\xdc-\xdf\xec-\xef]."
        ),
    ),
    Kind(
        "m4a",
        Sort.SOUND,
        ("m4a", "m4b", "3ga"),
        types=("audio/mp4", "audio/x-m4a", "audio/m4a"),
        brands=(b"M4A", b"M4B", b"M4P"),
    ),
    Kind(
        "aac",
        Sort.SOUND,
        ("aac", "adts"),
        types=("audio/aac", "audio/x-aac", "audio/aacp"),
        begins=pattern(rb"ADIF|\xff[\xf0\xf1\xf8\xf9][\x00-\x33\x40-\x73\x80-\xb3\xc0-\xf3].{4}"),
    ),
    Kind(
        "amr",
        Sort.SOUND,
        ("amr", "awb"),
        types=("audio/amr", "audio/amr-wb"),
        # The last is how a common messenger keeps what was spoken, under the same ending.
        begins=pattern(rb"#!AMR(?:-WB)?(?:_MC1\.0)?\n|\x02?#!SILK_V3"),
    ),
    Kind(
        "wav",
        Sort.SOUND,
        ("wav", "wave"),
        types=("audio/wav", "audio/x-wav", "audio/wave"),
        begins=pattern(rb"(?:RIFF|RF64|BW64)....WAVE"),
    ),
    Kind(
        "ogg",
        Sort.SOUND,
        ("ogg", "oga", "opus", "spx"),
        types=("audio/ogg", "audio/opus"),
        begins=pattern(rb"OggS\0"),
    ),
    # What browsers record; only its tracks tell it from a film.
    Kind("weba", Sort.SOUND, ("weba",), also=("webm",), spelt="WEBM", types=("audio/webm",)),
)
_FILM_KINDS = (
    # Any brand of ISO media that no other kind has.
    Kind(
        "mp4",
        Sort.FILM,
        ("mp4", "m4v", "f4v"),
        also=(*_FILMS, "3gpp"),
        types=("video/mp4", "video/x-m4v"),
    ),
    Kind(
        "mov",
        Sort.FILM,
        ("mov", "qt"),
        also=_FILMS,
        types=("video/quicktime",),
        brands=(b"qt",),
        # The oldest begin with any of their boxes, as long as it is.
        begins=pattern(rb"[\x00-\x07]...(?:moov|mdat|wide|free|skip|pnot)"),
    ),
    Kind(
        "3gp",
        Sort.FILM,
        ("3gp", "3gpp", "3g2", "3gpp2"),
        also=_FILMS,
        types=("video/3gpp", "video/3gpp2", "audio/3gpp"),
        brands=(b"3g",),
    ),
    Kind("webm", Sort.FILM, ("webm",), types=("video/webm",)),
)
_DOCUMENTS = (
    Kind("pdf", Sort.PDF, ("pdf",), types=("application/pdf",), begins=pattern(rb"%PDF-")),
    Kind("ofd", Sort.OFD, ("ofd",), part=b"OFD.xml"),
    Kind(
        "doc", Sort.WORD, ("doc", "dot"), types=("application/msword",), streams=("WordDocument",)
    ),
    Kind(
        "docx",
        Sort.WORD,
        ("docx", "docm", "dotx", "dotm"),
        types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        part=b"word/",
    ),
    Kind(
        "xls",
        Sort.SHEET,
        ("xls", "xlt"),
        types=("application/vnd.ms-excel",),
        streams=("Workbook", "Book"),
    ),
    Kind(
        "xlsx",
        Sort.SHEET,
        ("xlsx", "xlsm", "xlsb", "xltx", "xltm"),
        types=("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
        part=b"xl/",
    ),
    Kind(
        "ppt",
        Sort.SLIDES,
        ("ppt", "pps", "pot"),
        types=("application/vnd.ms-powerpoint",),
        streams=("PowerPoint Document",),
    ),
    Kind(
        "pptx",
        Sort.SLIDES,
        ("pptx", "pptm", "ppsx", "ppsm", "potx", "potm"),
        types=("application/vnd.openxmlformats-officedocument.presentationml.presentation",),
        part=b"ppt/",
    ),
    # In the same containers as DOC, XLS and PPT: the name alone tells them apart.
    Kind("wps", Sort.WPS, ("wps", "wpt"), streams=("WordDocument",)),
    Kind("et", Sort.WPS, ("et", "ett"), streams=("Workbook", "Book")),
    Kind("dps", Sort.WPS, ("dps", "dpt"), streams=("PowerPoint Document",)),
    Kind("txt", Sort.TEXT, ("txt", "text"), types=("text/plain",)),
    Kind("csv", Sort.TEXT, ("csv",), types=("text/csv", "text/comma-separated-values")),
)
KINDS = (*_PICTURES, *_SOUNDS, *_FILM_KINDS, *_DOCUMENTS)

FOREIGN = (
    Foreign(
        "程序",
        pattern(
            rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|dex\n"
            rb"|#!|L\0\0\0\x01\x14\x02\0"
        ),
    ),
    Foreign(
        "压缩包",
        pattern(
            rb"PK(?:\x03\x04|\x05\x06|\x07\x08)|Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|MSCF"
            rb"|\x28\xb5\x2f\xfd|.{257}ustar"
        ),
    ),
    Foreign("网页", pattern(rb"(?:\xef\xbb\xbf)?\s{0,99}<|\{\\rtf")),
)

OF_CODE = {kind.code: kind for kind in KINDS}
OF_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
