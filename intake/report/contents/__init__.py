"""What a file holds, wherever it lies: read from its start again and again, or looked through."""

from intake.report.contents.content import BytesContent, Content, whole_of

__all__ = ["BytesContent", "Content", "whole_of"]
