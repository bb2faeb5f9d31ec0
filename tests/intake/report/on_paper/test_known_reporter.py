"""反映人 have two homes; whoever asks gets what stands in both."""

from dataclasses import replace

from intake.report.case_words import Reporter
from intake.report.draft import Report
from intake.report.on_paper.known_reporter import KnownReporter
from intake.report.on_paper.paper_facts import PaperFacts
from tests.making import make_draft

NOTED = PaperFacts(address="演示村", signer_names="赵演示、钱演示 孙演示", representatives="钱演示")


def test_both_homes_are_read_and_nothing_twice():
    draft = make_draft(
        identity="named", reporter_name="赵演示", reporter_phone="13912345678", paper=NOTED
    )
    report = Report.from_bytes(draft.to_report())
    registered = Reporter("赵演示", "0635-8201234", "演示镇", ("李演示", "钱演示"))
    known = KnownReporter.of(report, registered)
    assert known.names == ("赵演示",)
    assert known.phones == ("13912345678", "0635-8201234")
    assert known.addresses == ("演示村", "演示镇")
    assert known.signers == ("赵演示", "钱演示", "孙演示", "李演示")
    assert known.people == known.signers and known.representatives == ("钱演示",)
    assert {*known.people, *known.phones, *known.addresses} == set(known.told)
    nobody = KnownReporter.of(Report.from_bytes(make_draft().to_report()), Reporter())
    assert not nobody.told
    assert "赵" not in repr(known)
    # A clerk saw what was noted, and took back what was wrong of it.
    instead = replace(registered, representatives=(), replaces=True)
    known = KnownReporter.of(report, instead)
    assert known.people == ("赵演示", "李演示", "钱演示")
    assert (known.phones, known.addresses, known.representatives) == (
        ("0635-8201234",),
        ("演示镇",),
        (),
    )
    assert not KnownReporter.of(report, Reporter(replaces=True)).told
