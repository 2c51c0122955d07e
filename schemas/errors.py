"""One error tree: each error knows its stable code, its exit code and the remedy in Vietnamese.

Three things never mix: a *finding* is about the plan, a *failure* (``ReadError`` and below) is about our reading of a
file, any other ``TrienkhaiError`` is about the operator's call. Codes are never reused.
"""

from __future__ import annotations


class TrienkhaiError(Exception):
    """Base of all errors shown to a user. ``message`` and ``remedy`` are Vietnamese sentences."""

    code = "E000"
    exit_code = 1
    default_remedy = "Báo lỗi kèm tệp nhật ký cho người phát triển."

    def __init__(self, message: str, *, path: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.remedy = remedy or self.default_remedy

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message, self.path, self.remedy))

    def describe(self) -> str:
        """One line for a terminal or a report: file, code, reason, remedy."""
        where = f"{self.path}: " if self.path else ""
        return f"{where}[{self.code}] {self.message} Cách xử lý: {self.remedy}"


def _rebuild(kind: type[TrienkhaiError], message: str, path: str | None, remedy: str) -> TrienkhaiError:
    return kind(message, path=path, remedy=remedy)


class UsageError(TrienkhaiError):
    """The operator asked for something that cannot be: wrong option, unknown key, missing folder."""

    code = "E100"
    exit_code = 3
    default_remedy = "Kiểm tra lại tham số của lệnh (thêm --help để xem hướng dẫn)."


class RulebookError(TrienkhaiError):
    """A rules file or lexicon is broken; the message names file, rule and line."""

    code = "E110"
    exit_code = 4
    default_remedy = "Sửa dòng được nêu trong tệp luật hoặc từ điển rồi chạy lại."


class StoreError(TrienkhaiError):
    """The store cannot be opened or was written by another version."""

    code = "E120"
    exit_code = 5
    default_remedy = "Kiểm tra đường dẫn kho dữ liệu, quyền ghi và phiên bản."


class ReadError(TrienkhaiError):
    """A file could not be read; it is listed as not read and the batch goes on."""

    code = "R200"
    exit_code = 3
    default_remedy = "Mở tệp bằng phần mềm gốc, lưu lại rồi thử lần nữa."


class NotFound(ReadError):
    code = "R201"
    default_remedy = "Kiểm tra đường dẫn tệp."


class EmptyFile(ReadError):
    code = "R202"
    default_remedy = "Xin lại bản đầy đủ từ nơi gửi."


class WrongType(ReadError):
    """The content is not what any reader takes, or not what the suffix says and not readable either."""

    code = "R203"
    default_remedy = "Đổi sang .docx, .pdf, .txt rồi chạy lại."


class Damaged(ReadError):
    code = "R204"
    default_remedy = "Xin lại tệp gốc; tệp có thể bị cắt khi tải về."


class Encrypted(ReadError):
    code = "R205"
    default_remedy = "Gỡ mật khẩu (lưu lại không mã hóa) rồi chạy lại."


class NoText(ReadError):
    """No text layer and no way to make one."""

    code = "R206"
    default_remedy = "Tệp là ảnh quét: cài tesseract-ocr và tesseract-ocr-vie để nhận dạng chữ."


class BadEncoding(ReadError):
    code = "R207"
    default_remedy = "Lưu lại tệp với mã UTF-8."


class TooLarge(ReadError):
    """A size, ratio, depth or page limit was passed before parsing."""

    code = "R208"
    default_remedy = "Tách tệp thành các phần nhỏ hơn hoặc kiểm tra tệp có bị cài bom nén."


class NeedsOcr(NoText):
    code = "R209"
    default_remedy = "Cài bộ nhận dạng chữ: apt-get install tesseract-ocr tesseract-ocr-vie"


class NeedsOffice(ReadError):
    code = "R210"
    default_remedy = "Cài LibreOffice: apt-get install libreoffice-writer"


class TimedOut(ReadError):
    code = "R211"
    default_remedy = "Tệp quá nặng hoặc hỏng; thử lưu lại, hoặc tăng giới hạn thời gian."


class Crashed(ReadError):
    """The child process that read the file died."""

    code = "R212"
    default_remedy = "Tệp hỏng hoặc nguy hiểm; xin lại bản khác."


class OutOfMemory(ReadError):
    code = "R213"
    default_remedy = "Tệp cần quá nhiều bộ nhớ; tách nhỏ hoặc tăng giới hạn (TRIENKHAI_MEMORY)."


class NotAPlan(ReadError):
    """Readable, but without any text to extract from."""

    code = "R214"
    default_remedy = "Kiểm tra tệp có đúng là văn bản cần đọc."
