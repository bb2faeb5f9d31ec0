"""What stands in memory has the shape of every other content."""

import hashlib

from intake.report.contents import BytesContent, Content, whole_of
from intake.report.draft import Attachment

HELD = b"\xff\xd8\xffsecret"


def test_each_reader_stands_at_the_start_and_can_seek():
    content: Content = BytesContent(HELD)

    with content.opened() as first, content.opened() as second:
        assert first.read(4) == HELD[:4]
        assert second.read() == HELD
        assert (first.seek(-2, 2), first.read()) == (len(HELD) - 2, b"et")
    assert whole_of(content) == HELD


def test_an_attachment_of_bytes_knows_size_and_digest_and_shows_nothing():
    file = Attachment.of_bytes("账本.jpg", "jpeg", HELD)

    assert (file.size, file.content.size) == (len(HELD), len(HELD))
    assert file.sha256 == file.content.sha256 == hashlib.sha256(HELD).hexdigest()
    assert "secret" not in repr(file) + repr(file.content)
