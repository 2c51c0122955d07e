"""Relation by cue and place, links with the immediate parents, edges between other documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.citation_ranks import issuer_rank
from extractors.citations import extract_citations, find_citations
from extractors.identity import with_identity
from extractors.normalize import from_text
from extractors.plan import Plan
from extractors.relations import edges_of, extract_links, links_of
from extractors.structure import outline

PLAN = """KẾ HOẠCH
{title}

{opening}

I. MỤC ĐÍCH, YÊU CẦU
{purpose}

II. NHIỆM VỤ
{body}

III. TỔ CHỨC THỰC HIỆN
Trên đây là Kế hoạch của đơn vị, yêu cầu các phòng thực hiện nghiêm túc./.
"""


def plan(title="Thực hiện nhiệm vụ năm", opening="Căn cứ chức năng, nhiệm vụ được giao, Sở Y tế xây dựng Kế hoạch như sau:",
         purpose="1. Nâng cao trách nhiệm của người đứng đầu.", body="1. Tuyên truyền sâu rộng trong toàn ngành.", issuer=None, regime=None):  # fmt: skip
    text = PLAN.format(title=title, opening=opening, purpose=purpose, body=body)
    made = with_identity(outline(Plan(from_text(text))))
    if issuer:
        made = replace(made, document=made.document.model_copy(update={"issuer": issuer, "regime": regime}))
    made = replace(made, citations=extract_citations(made))
    links, edges = extract_links(made)
    return replace(made, links=links, edges=edges)


MAKES = "Sở Y tế xây dựng Kế hoạch thực hiện như sau:"
TITLE = "Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh về phòng, chống dịch"
GUIDING = (
    "Thông tư số 03/2025/TT-BVHTTDL ngày 10/02/2025 của Bộ Văn hóa, Thể thao và Du lịch quy định trình tự kiểm kê (KK), biểu mẫu "
    "và biện pháp thi hành Nghị định số 93/2020/NĐ-CP ngày 18/8/2020 của Chính phủ"
)

RELATIONS = [
    # what is written where, and the relations of its mentions in order
    ({"opening": "Thực hiện Kế hoạch số 55/KH-UBND ngày 29/8/2025 của UBND tỉnh về triển khai Quy định số 131-QĐ/TW ngày 27/10/2023 của Bộ Chính "
      f"trị (sau đây viết tắt là Kế hoạch số 55/KH-UBND, Quy định số 131), {MAKES}"}, ["implements", "cites", "implements", "cites"]),
    ({"title": TITLE, "purpose": "- Triển khai kịp thời, đầy đủ các nhiệm vụ được giao tại Kế hoạch số 40/KH-UBND."}, ["implements", "implements"]),
    ({"title": TITLE}, ["implements"]),
    ({"title": TITLE, "purpose": "a) Cụ thể hóa đầy đủ các nhiệm vụ Ủy ban nhân dân tỉnh giao Sở Y tế tại Kế hoạch số 40/KH-UBND."}, ["implements"] * 2),
    ({"title": TITLE, "purpose": "1. Triển khai các nhiệm vụ, giải pháp giao ngành y tế tại Kế hoạch số 40/KH-UBND."}, ["implements"] * 2),
    ({"title": TITLE, "body": "1. Các phòng làm các phần việc giao ngành y tế tại Kế hoạch số 40/KH-UBND."}, ["implements", "cites"]),
    ({"title": TITLE, "body": "1. Trưởng trạm trực tiếp chỉ đạo việc phổ biến, quán triệt Kế hoạch số 40/KH-UBND."}, ["implements"] * 2),
    ({"title": TITLE, "body": "1. Các trạm làm tốt công tác tuyên truyền, quán triệt Kế hoạch số 40/KH-UBND."}, ["implements"] * 2),
    ({"title": TITLE, "body": "1. Báo cáo kết quả công tác phổ biến, quán triệt Kế hoạch số 40/KH-UBND."}, ["implements", "cites"]),
    ({"title": TITLE, "body": "1. Lồng ghép nội dung Mục II Kế hoạch số 40/KH-UBND vào buổi giao ban."}, ["implements", "cites"]),
    ({"title": TITLE, "body": "1. Lồng ghép việc thực hiện Kế hoạch số 40/KH-UBND với việc tiêm phòng."}, ["implements"] * 2),
    ({"title": "Triển khai thực hiện Chỉ thị số 9-CT/TU của Tỉnh ủy và Kế hoạch số 40/KH-UBND của UBND tỉnh"}, ["implements", "implements"]),
    ({"title": "Cụ thể hóa Nghị quyết số 7-NQ/TU của Tỉnh ủy về chuyển đổi số"}, ["implements"]),
    ({"title": "Nâng cao chỉ số cải cách hành chính theo Quyết định số 3/QĐ-UBND"}, ["cites"]),
    ({"opening": f"Căn cứ Luật Viên chức năm 2010; Nghị định số 115/2020/NĐ-CP của Chính phủ; Quyết định số 8/QĐ-UBND, {MAKES}"}, ["based_on"] * 3),
    ({"purpose": "1. Kế hoạch này cụ thể hóa Chương trình số 7-CTr/HU của Huyện ủy; chọn đúng việc."}, ["implements"]),
    ({"purpose": "1. Kế hoạch này được ban hành nhằm tiếp tục thực hiện Kết luận số 7-KL/HU của Huyện ủy."}, ["implements"]),
    ({"purpose": "1. Kế hoạch này yêu cầu các phòng thực hiện Kết luận số 7-KL/HU của Huyện ủy."}, ["cites"]),
    ({"opening": f"Thực hiện Công điện số 8/CĐ-TTg của Thủ tướng Chính phủ; đồng thời thay thế Kế hoạch số 9/KH-UBND của UBND tỉnh, {MAKES}"},
     ["implements", "replaces"]),
    ({"opening": f"Thực hiện Công điện số 8/CĐ-TTg của Thủ tướng Chính phủ về rà soát, thay thế Kế hoạch số 9/KH-UBND của UBND tỉnh, {MAKES}"},
     ["implements", "cites"]),
    ({"purpose": "- Triển khai thực hiện nghiêm túc, thực chất, khả thi các nhiệm vụ, giải pháp nêu tại Kế hoạch số 40/KH-UBND của UBND tỉnh."},
     ["implements"]),
    ({"title": TITLE, "purpose": "1. Tổ chức cụ thể hóa và thực hiện đầy đủ các quan điểm, mục tiêu, chỉ tiêu, nhiệm vụ và giải pháp trọng tâm đã đề ra trong "
      "Kế hoạch số 40/KH-UBND của UBND tỉnh."}, ["implements", "implements"]),
    ({"title": TITLE, "purpose": "1. Thực hiện các biện pháp tháo gỡ cho người trồng dâu những khó khăn về giống, vốn, thị trường đã nêu trong Kế hoạch số "
      "40/KH-UBND của UBND tỉnh."}, ["implements", "cites"]),
    ({"title": "THỰC HIỆN QUYẾT ĐỊNH SỐ 64/QĐ-BCT CỦA BỘ CÔNG THƯƠNG BAN HÀNH KẾ HOẠCH TRIỂN KHAI CHỈ THỊ SỐ 31/CT-TTG"}, ["implements", "cites"]),
    ({"title": "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA QUY ĐỊNH NUÔI ONG BAN HÀNH KÈM THEO QUYẾT ĐỊNH SỐ 31/QĐ-UBND"}, ["amends"]),
    ({"title": "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA QUY ĐỊNH NUÔI ONG\nLẤY MẬT BAN HÀNH KÈM THEO QUYẾT ĐỊNH SỐ 31/QĐ-UBND"}, ["amends"]),
    ({"title": "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA\nQUY CHẾ BAN HÀNH KÈM THEO\nQUYẾT ĐỊNH SỐ 31/QĐ-TTG"}, ["amends"]),
    ({"title": "VỀ VIỆC SỬA ĐỔI MỘT SỐ ĐIỀU CỦA QUY CHẾ NUÔI ONG BAN HÀNH KÈM THEO QUYẾT ĐỊNH SỐ 31/QĐ-UBND"}, ["amends"]),
    ({"title": "Sửa đổi một số điều của Quy chế nuôi ong ban hành kèm theo Quyết định số 31/QĐ-UBND"}, ["amends"]),
    ({"title": "Quy chế nuôi ong (ban hành kèm theo Quyết định số 31/QĐ-UBND)"}, ["promulgates"]),
    ({"body": "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch triển khai Quyết định số 8/QĐ-TTg của Thủ tướng Chính phủ."}, ["implements"]),
    ({"body": "Điều 1. Phê duyệt Chương trình hành động của Ủy ban nhân dân tỉnh thực hiện Nghị quyết số 8/NQ-CP."}, ["implements"]),
    ({"body": "- Ban hành Kế hoạch thực hiện Nghị quyết số 8/NQ-CP."}, ["cites"]),
    ({"body": "Điều 2. Sở Y tế ban hành Kế hoạch thực hiện Nghị quyết số 8/NQ-CP."}, ["cites"]),
    ({"body": "1. Rà soát, sửa đổi Quy chế nuôi ong ban hành kèm theo Quyết định số 31/QĐ-UBND."}, ["promulgates"]),
    ({"body": "Thông tư này quy định chi tiết một số điều của Luật Giá năm 2023."}, ["guides"]),
    ({"body": "1. Bộ Tài chính ban hành Thông tư quy định chi tiết một số điều của Luật Giá năm 2023."}, ["cites"]),
    ({"opening": f"Căn cứ Nghị định số 85/2024/NĐ-CP của Chính phủ Quy định chi tiết một số điều của Luật Giá năm 2023, {MAKES}"},
     ["based_on", "cites"]),
    ({"opening": "Thực hiện Kế hoạch số 26/KH-BYT ngày 12/2/2019 của Bộ Y tế, triển khai Quyết định số 24/QĐ-TTg ngày 1/12/2018 của Thủ tướng "
      f"Chính phủ, {MAKES}"}, ["implements", "cites"]),
    ({"opening": "Thực hiện Kế hoạch số 26/KH-UBND ngày 12/2/2019 của UBND tỉnh, triển khai Kế hoạch số 24/KH-SYT ngày 1/3/2019 của Sở Y tế, "
      f"{MAKES}"}, ["implements", "implements"]),
    ({"opening": f"Căn cứ các Quyết định của UBND tỉnh: số 8/QĐ-UBND ngày 3/4/2025 về giao dự toán; số 9/QĐ-UBND ngày 4/4/2025, {MAKES}"},
     ["based_on"] * 2),
    ({"opening": f"Căn cứ các Thông tư: số 05/2011/TT-BXD ngày 9/6/2011;\n- Số 13/2013/TT-BXD ngày 15/8/2013;\n{MAKES}"}, ["based_on"] * 2),
    ({"opening": f"Thực hiện Kế hoạch số 40/KH-UBND ngày 3/4/2025 của UBND tỉnh về phòng, chống dịch, {MAKES}"}, ["implements"]),
    ({"opening": f"Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh, các trạm đã tích cực triển khai tiêm chủng. Căn cứ chức năng, {MAKES}"}, ["cites"]),
    ({"opening": f"Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh, các trạm đã tiêm chủng. UBND tỉnh đã ban hành Chỉ thị số 7/CT-UBND. "
      f"Căn cứ chức năng, {MAKES}"}, ["implements", "cites"]),
    ({"opening": f"Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh, Sở Y tế đã xây dựng Kế hoạch số 9/KH-SYT. Nay {MAKES}"}, ["implements", "cites"]),
    ({"opening": f"Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh về tiêm chủng đã được phê duyệt, {MAKES}"}, ["implements"]),
    ({"opening": "Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh, Sở Y tế đã tổ chức hội nghị và xây dựng Kế hoạch như sau:"}, ["implements"]),
    ({"opening": f"Tuy nhiên, nhiều trạm chưa báo cáo theo yêu cầu của Công văn số 12/UBND-VX. Căn cứ chức năng, {MAKES}"}, ["cites"]),
    ({"opening": f"Tuy nhiên, qua triển khai tại các trạm theo Công văn số 12/UBND-VX vẫn còn hạn chế. Căn cứ chức năng, {MAKES}"}, ["based_on"]),
    ({"opening": f"Thời gian qua dịch còn phức tạp; theo yêu cầu của Công văn số 12/UBND-VX, {MAKES}"}, ["based_on"]),
    ({"opening": f"Thực hiện ý kiến chỉ đạo của Chủ tịch UBND tỉnh tại Công văn số 812/UBND-VX, {MAKES}"}, ["implements"]),
    ({"opening": f"Theo đề nghị của Phòng Nghiệp vụ tại Tờ trình số 5/TTr-NV, {MAKES}"}, ["based_on"]),
    ({"opening": f"Trên cơ sở kết quả đánh giá tại Báo cáo số 77/BC-SYT, {MAKES}"}, ["based_on"]),
    ({"opening": f"Căn cứ Quyết định số 8/QĐ-UBND của UBND tỉnh;\nThực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh, {MAKES}"}, ["based_on", "implements"]),
    ({"opening": f"Căn cứ Kế hoạch số 40/KH-UBND của UBND tỉnh về thực hiện Chỉ thị số 9-CT/TU của Tỉnh ủy, {MAKES}"}, ["based_on", "cites"]),
    (
        {"opening": "Căn cứ Kế hoạch số 40/KH-UBND của UBND tỉnh về phòng, chống dịch, Sở Y tế xây dựng Kế hoạch triển khai Chỉ thị số 9-CT/TU như sau:"},
        ["based_on", "implements"],
    ),
    ({"title": TITLE, "purpose": "1. Triển khai kịp thời, hiệu quả Kế hoạch số 40/KH-UBND."}, ["implements", "implements"]),
    ({"purpose": "1. Cụ thể hóa các nhiệm vụ của Nghị quyết số 7-NQ/TU."}, ["implements"]),
    ({"purpose": "1. Triển khai nghiêm túc, đồng bộ, toàn diện quan điểm, chủ trương, mục tiêu, chỉ tiêu, nhiệm vụ của Nghị quyết số 7-NQ/TU."},
     ["implements"]),
    ({"purpose": "1. Thực hiện đầy đủ các chỉ tiêu nêu trong Nghị quyết số 7-NQ/TU."}, ["implements"]),
    ({"purpose": "1. Thực hiện chi trả mức phụ cấp nêu trong Nghị quyết số 7-NQ/TU."}, ["cites"]),
    ({"purpose": "1. Nâng cao trách nhiệm của các phòng trong việc thực hiện Luật Dược."}, ["cites"]),
    ({"purpose": "1. Việc triển khai gắn với việc thực hiện Kết luận số 12-KL/TU của Tỉnh ủy."}, ["cites"]),
    ({"title": TITLE, "body": "1. Kiểm tra, giám sát việc thực hiện Kế hoạch số 40/KH-UBND tại cơ sở."}, ["implements", "implements"]),
    ({"title": TITLE, "body": "1. Đăng tải toàn văn Kế hoạch số 40/KH-UBND trên trang thông tin."}, ["implements", "cites"]),
    ({"title": TITLE, "body": "1. Xử lý hành vi quy định tại Mục III Kế hoạch số 40/KH-UBND."}, ["implements", "cites"]),
    ({"title": TITLE, "body": "1. Tổ chức quán triệt, triển khai nghiêm túc nội dung Kế hoạch số 40/KH-UBND."}, ["implements", "implements"]),
    ({"body": "1. Đẩy mạnh thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị."}, ["cites"]),
    ({"body": "1. Thực hiện công khai theo Nghị định số 59/2019/NĐ-CP."}, ["cites"]),
    ({"body": "1. Căn cứ Thông tư số 5/2024/TT-BYT, các đơn vị rà soát định mức."}, ["based_on"]),
    ({"body": "1. Rà soát, sửa đổi, bổ sung, thay thế Quyết định số 21/QĐ-SYT không còn phù hợp."}, ["cites"]),
    ({"body": "1. Kế hoạch này thay thế Kế hoạch số 18/KH-SYT ngày 2/2/2024."}, ["replaces"]),
    ({"body": "1. Kế hoạch này có hiệu lực kể từ ngày ký, thay thế Kế hoạch số 18/KH-SYT ngày 2/2/2024."}, ["replaces"]),
    ({"body": "1. Sở rà soát hồ sơ đã có hiệu lực, thay thế Kế hoạch số 18/KH-SYT ngày 2/2/2024."}, ["cites"]),
    ({"body": "1. Thực hiện Quy chế ban hành kèm theo Quyết định số 21/QĐ-SYT."}, ["promulgates"]),
    ({"body": "1. Theo Quy chế thi ban hành kèm theo Thông tư số 04/2020/TT-BVH; Thông tư số 06/2022/TT-BVH sửa đổi Quy chế thi."}, ["promulgates", "cites"]),
    (
        {"opening": f"Căn cứ Quy chế thi ban hành kèm theo Thông tư số 04/2020/TT-BVH; Thông tư số 06/2022/TT-BVH sửa đổi Quy chế thi, {MAKES}"},
        ["promulgates", "based_on"],
    ),
    (
        {"opening": f"Căn cứ Thông tư số 06/2022/TT-BVH sửa đổi Quy chế thi ban hành kèm theo Thông tư số 04/2020/TT-BVH, {MAKES}"},
        ["based_on", "promulgates"],
    ),
    ({"title": TITLE, "body": "1. Tổ chức học tập, quán triệt, tuyên truyền Kế hoạch số 40/KH-UBND."}, ["implements", "implements"]),
    ({"title": TITLE, "body": "1. Nghiên cứu, học tập, quán triệt và tuyên truyền Kế hoạch số 40/KH-UBND."}, ["implements", "implements"]),
    ({"title": TITLE, "body": "1. Tổ chức học tập, tuyên truyền, phổ biến Kế hoạch số 41/KH-UBND."}, ["implements", "cites"]),
    ({"title": TITLE, "body": "1. Tuyên truyền, phổ biến Kế hoạch số 40/KH-UBND."}, ["implements", "cites"]),
    ({"title": TITLE, "purpose": "1. Việc triển khai phải bám sát Kế hoạch số 40/KH-UBND."}, ["implements", "cites"]),
    ({"title": TITLE, "body": "1. Tự kiểm tra việc chấp hành Kế hoạch số 40/KH-UBND."}, ["implements", "cites"]),
    ({"title": TITLE, "body": "1. Rà soát các quy chế đang thực hiện, đối chiếu với Kế hoạch số 40/KH-UBND."}, ["implements", "cites"]),
    ({"title": TITLE, "body": "1. Tổ chức hội nghị phổ biến, quán triệt Kế hoạch số 40/KH-UBND tới toàn thể công chức."}, ["implements", "implements"]),
    ({"title": TITLE, "body": "1. Công tác phổ biến, quán triệt Kế hoạch số 40/KH-UBND"}, ["implements", "cites"]),
    ({"title": TITLE, "body": "1. Sau học tập, tổ chức tuyên truyền Kế hoạch số 40/KH-UBND."}, ["implements", "cites"]),
    ({"opening": f"Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh về phòng, chống dịch (sau đây gọi tắt là Kế hoạch số 40), {MAKES}"}, ["implements"] * 2),
    (
        {"opening": f"Thực hiện Quy định số 22-QĐ/TW của Bộ Chính trị về công tác cán bộ (Quy định số 22-QĐ/TW), Kế hoạch số 9-KH/TU của Tỉnh ủy, {MAKES}"},
        ["implements"] * 3,
    ),
    # what «và <Kind> số» behind a nested mention goes back to
    ({"opening": f"Thực hiện {GUIDING} và Kế hoạch số 12/KH-STV ngày 13/3/2025 của Sở Văn hóa, {MAKES}"}, ["implements", "cites", "implements"]),
    (
        {"opening": f"Thực hiện {GUIDING} và Quyết định số 08/2024/QĐ-TTg ngày 2/5/2024 của Thủ tướng Chính phủ, {MAKES}"},
        ["implements", "cites", "cites"],
    ),
    (
        {"opening": f"Thực hiện {GUIDING} và Thông tư số 08/2024/TT-BTC ngày 2/5/2024 của Bộ Tài chính, {MAKES}"},
        ["implements", "cites", "implements"],
    ),
    (
        {"opening": f"Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh về thực hiện Chỉ thị số 9-CT/TU của Tỉnh ủy và Kế hoạch số 7/KH-SYT của Sở Y tế, {MAKES}"},
        ["implements", "cites", "implements"],
    ),
    (
        {"opening": f"Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh về thực hiện Chỉ thị số 9-CT/TU của Tỉnh ủy và Nghị quyết số 3/NQ-CP của Chính phủ, {MAKES}"},
        ["implements", "cites", "cites"],
    ),
    (
        {"opening": f"Thực hiện Kế hoạch số 40/KH-UBND ngày 3/4/2025 về thực hiện Chỉ thị số 9-CT/TU và Công văn số 88/UBND-VX ngày 9/5/2025, {MAKES}"},
        ["implements", "cites", "implements"],
    ),
    # the title's rule does not outweigh the opening's verb, its second line is no part of an issuer's name
    (
        {"title": "Tập huấn lập danh mục sách theo Thông tư số 03/2025/TT-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch", "opening": f"Thực hiện {GUIDING}, {MAKES}"},
        ["cites", "implements", "cites"],
    ),
    # what was done is told before what this document carries out
    (
        {"title": TITLE, "opening": f"Sau 5 năm triển khai thực hiện Nghị quyết số 21-NQ/TW, tỉnh đã đạt kết quả. Thực hiện Kế hoạch số 40/KH-UBND, {MAKES}"},
        ["implements", "cites", "implements"],
    ),
    (
        {"title": TITLE, "opening": f"Các cấp đã tổ chức quán triệt Kết luận số 5-KL/TW. Thực hiện Kế hoạch số 40/KH-UBND, {MAKES}"},
        ["implements", "cites", "implements"],
    ),
    ({"body": "1. Kế hoạch này thay thế Kế hoạch số 2/KH-SYT ngày 5/1/2024 và bãi bỏ Kế hoạch số 3/KH-SYT ngày 6/1/2024."}, ["replaces", "repeals"]),
    ({"body": "1. Kế hoạch này thay thế Kế hoạch số 2/KH-SYT ngày 5/1/2024; các phòng rà soát, bãi bỏ Kế hoạch số 3/KH-SYT."}, ["replaces", "cites"]),
    # the papers that brought this document
    (
        {"title": TITLE, "opening": f"Theo đề nghị của Phòng Nghiệp vụ tại Tờ trình số 5/TTr-NV về việc ban hành Kế hoạch thực hiện Kế hoạch số 40/KH-UBND, {MAKES}"},
        ["implements", "based_on", "implements"],
    ),
    (
        {"title": TITLE, "opening": f"Theo đề nghị của Phòng Nghiệp vụ tại Báo cáo số 5/BC-NV về kết quả thực hiện Kế hoạch số 40/KH-UBND, {MAKES}"},
        ["implements", "based_on", "cites"],
    ),
    ({"opening": "Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh về thực hiện Kết luận số 8-KL/TU của Tỉnh ủy về chợ (sau đây gọi tắt là Kế hoạch số "
      f"40, Kết luận số 8), {MAKES}"}, ["implements", "cites", "implements", "cites"]),
    ({"opening": "Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh về thực hiện Kết luận số 8-KL/TU của Tỉnh ủy (viết tắt là Kết luận số 8 và Kế hoạch "
      f"số 40), {MAKES}"}, ["implements", "cites", "cites", "implements"]),
    ({"opening": "Thực hiện Chỉ thị số 9-CT/TU của Tỉnh ủy, Kế hoạch số 40/KH-UBND của UBND tỉnh (gọi tắt là Chỉ thị số 9; Kế hoạch số 40), "
      f"{MAKES}"}, ["implements"] * 4),
    ({"opening": "Căn cứ Kế hoạch số 40/KH-UBND của UBND tỉnh về thực hiện Kết luận số 8-KL/TU của Tỉnh ủy (gọi tắt là Kế hoạch số 40, Kết luận số "
      f"8), {MAKES}"}, ["based_on", "cites", "cites", "cites"]),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "relations"), RELATIONS, ids=range(len(RELATIONS)))
def test_relation(parts, relations):
    found = [c.relation for c in plan(**parts).citations if c.form not in ("self", "anaphora")]
    assert found == relations


BASES = [
    ("I. CƠ SỞ PHÁP LÝ", ["Luật An ninh mạng;", "Quyết định số 20/QĐ-TTg ngày 03/01/2024 của Thủ tướng Chính phủ;"], ["based_on", "based_on"]),
    ("1. Căn cứ xây dựng kế hoạch", ["Thông tư số 09/2021/TT-BTC;", "Chương trình số 5-CTr/TU của Tỉnh ủy về nhà ở."], ["based_on", "based_on"]),
    (
        "I. CĂN CỨ LẬP KẾ HOẠCH",
        ["Quy chế thi ban hành kèm theo Thông tư số 04/2020/TT-BVH; Thông tư số 06/2022/TT-BVH sửa đổi Quy chế thi;", "Công văn số 7/SYT-VP."],
        ["promulgates", "based_on", "based_on"],
    ),
    ("I. CĂN CỨ BAN HÀNH", ["Kế hoạch số 8/KH-UBND về thực hiện Chỉ thị số 9-CT/TU của Tỉnh ủy;"], ["based_on", "cites"]),
    ("I. NHIỆM VỤ", ["Thực hiện Quyết định số 20/QĐ-TTg ngày 03/01/2024 của Thủ tướng Chính phủ."], ["cites"]),
    ("I. NHIỆM VỤ", ["Quyết định số 20/QĐ-TTg ngày 03/01/2024 của Thủ tướng Chính phủ được niêm yết tại trụ sở."], ["cites"]),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "lines", "relations"), BASES, ids=range(len(BASES)))
def test_lines_below_a_heading_of_bases(heading, lines, relations):
    text = f"KẾ HOẠCH\nCông tác nhà ở năm 2026\n\n{heading}\n" + "".join(f"- {line}\n" for line in lines)
    text += f"{'2' if heading[0] == '1' else 'II'}. NHIỆM VỤ\n1. Rà soát nhà ở theo Quyết định số 77/QĐ-UBND.\n"
    made = with_identity(outline(Plan(from_text(text))))
    assert [c.relation for c in extract_citations(made)] == [*relations, "cites"]


EDGES = [
    ("Kế hoạch số 21-KH/TU ngày 08/8/2025 của Tỉnh ủy về thực hiện Quy định số 131-QĐ/TW ngày 27/10/2023 của Bộ Chính trị về kiểm soát quyền lực, "
     "phòng, chống tham nhũng và Quy định số 114-QĐ/TW ngày 11/7/2023 của Bộ Chính trị về công tác cán bộ",
     [("21-KH/TU", "131-QĐ/TW", "implements"), ("21-KH/TU", "114-QĐ/TW", "implements")]),
    ("Kế hoạch số 21-KH/TU ngày 08/8/2025 của Tỉnh ủy về thực hiện Quy định số 131-QĐ/TW ngày 27/10/2023 của Bộ Chính trị về kiểm tra; "
     "Quy định số 114-QĐ/TW ngày 11/7/2023 của Bộ Chính trị về công tác cán bộ", [("21-KH/TU", "131-QĐ/TW", "implements")]),
    ("Kế hoạch số 21-KH/TU của Tỉnh ủy về thực hiện các Quy định số 131-QĐ/TW, số 132-QĐ/TW và số 114-QĐ/TW của Bộ Chính trị",
     [("21-KH/TU", "131-QĐ/TW", "implements"), ("21-KH/TU", "132-QĐ/TW", "implements"), ("21-KH/TU", "114-QĐ/TW", "implements")]),
    ("Kế hoạch số 8/KH-UBND về thực hiện Kế hoạch số 9-KH/TU về thực hiện Quy định số 10-QĐ/TW",
     [("8/KH-UBND", "9-KH/TU", "implements"), ("9-KH/TU", "10-QĐ/TW", "implements")]),
    ("Nghị định số 59/2019/NĐ-CP của Chính phủ quy định chi tiết một số điều và biện pháp thi hành Luật Phòng, chống tham nhũng năm 2018",
     [("59/2019/NĐ-CP", "36/2018/QH14", "guides")]),
    ("Thông tư số 5/2024/TT-BYT hướng dẫn thực hiện Nghị định số 96/2023/NĐ-CP", [("5/2024/TT-BYT", "96/2023/NĐ-CP", "guides")]),
    ("Nghị định số 134/2021/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 59/2019/NĐ-CP",
     [("134/2021/NĐ-CP", "59/2019/NĐ-CP", "amends")]),
    ("Nghị định số 70/2024/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 02/2023/NĐ-CP, Nghị định số 05/2024/NĐ-CP",
     [("70/2024/NĐ-CP", "02/2023/NĐ-CP", "amends"), ("70/2024/NĐ-CP", "05/2024/NĐ-CP", "amends")]),
    ("Nghị định số 70/2024/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 02/2023/NĐ-CP, Nghị định số 9/2025/NĐ-CP",
     [("70/2024/NĐ-CP", "02/2023/NĐ-CP", "amends")]),
    ("Nghị định số 70/2024/NĐ-CP sửa đổi Nghị định số 02/2023/NĐ-CP, Nghị định số 05/2024/NĐ-CP quy định về giá",
     [("70/2024/NĐ-CP", "02/2023/NĐ-CP", "amends")]),
    ("Luật số 97/2025/QH15 sửa đổi, bổ sung một số điều của Luật Công đoàn năm 2024, Luật Thanh niên năm 2020",
     [("97/2025/QH15", "50/2024/QH15", "amends"), ("97/2025/QH15", "57/2020/QH14", "amends")]),
    ("Nghị định số 59/2019/NĐ-CP (được sửa đổi, bổ sung bởi Nghị định số 134/2021/NĐ-CP)", [("134/2021/NĐ-CP", "59/2019/NĐ-CP", "amends")]),
    ("Nghị định số 59/2019/NĐ-CP (bổ sung một số điều tại Nghị định số 134/2021/NĐ-CP)", [("134/2021/NĐ-CP", "59/2019/NĐ-CP", "amends")]),
    ("Nghị định số 59/2019/NĐ-CP, sửa đổi, bổ sung tại Nghị định số 134/2021/NĐ-CP", [("134/2021/NĐ-CP", "59/2019/NĐ-CP", "amends")]),
    ("Nghị định số 59/2019/NĐ-CP quy định chi tiết Luật Phòng, chống tham nhũng, đã được sửa đổi, bổ sung bởi Nghị định số 134/2021/NĐ-CP",
     [("59/2019/NĐ-CP", "36/2018/QH14", "guides"), ("134/2021/NĐ-CP", "59/2019/NĐ-CP", "amends")]),
    ("Thông tư số 5/2024/TT-BYT hướng dẫn Nghị định số 96/2023/NĐ-CP (được sửa đổi tại Thông tư số 9/2025/TT-BYT)",
     [("5/2024/TT-BYT", "96/2023/NĐ-CP", "guides"), ("9/2025/TT-BYT", "5/2024/TT-BYT", "amends")]),
    ("Thông tư số 5/2024/TT-BYT hướng dẫn Nghị định số 96/2023/NĐ-CP (được sửa đổi tại Nghị định số 9/2025/NĐ-CP)",
     [("5/2024/TT-BYT", "96/2023/NĐ-CP", "guides"), ("9/2025/NĐ-CP", "96/2023/NĐ-CP", "amends")]),
    ("Quyết định số 7/QĐ-UBND, thay thế bởi Quyết định số 15/QĐ-UBND", [("15/QĐ-UBND", "7/QĐ-UBND", "replaces")]),
    ("Luật Tổ chức chính quyền địa phương số 72/2025/QH15 đã được sửa đổi, bổ sung theo Luật số 87/2025/QH15",
     [("87/2025/QH15", "72/2025/QH15", "amends")]),
    ("Quyết định số 15/QĐ-UBND về việc bãi bỏ Quyết định số 7/QĐ-UBND", [("15/QĐ-UBND", "7/QĐ-UBND", "repeals")]),
    ("Quyết định số 15/QĐ-UBND thay thế Quyết định số 7/QĐ-UBND", [("15/QĐ-UBND", "7/QĐ-UBND", "replaces")]),
    ("Quyết định số 15/QĐ-UBND (thay thế Quyết định số 7/QĐ-UBND)", [("15/QĐ-UBND", "7/QĐ-UBND", "replaces")]),
    ("Nghị định số 30/2010/NĐ-CP (được sửa đổi, bổ sung bởi Nghị định số 41/2014/NĐ-CP và Nghị định số 52/2018/NĐ-CP)",
     [("41/2014/NĐ-CP", "30/2010/NĐ-CP", "amends"), ("52/2018/NĐ-CP", "30/2010/NĐ-CP", "amends")]),
    ("Nghị định số 30/2010/NĐ-CP (được sửa đổi bởi Nghị định số 41/2014/NĐ-CP) và Nghị định số 52/2018/NĐ-CP", [("41/2014/NĐ-CP", "30/2010/NĐ-CP", "amends")]),
    (f"{GUIDING} và Kế hoạch số 12/KH-STV ngày 13/3/2025 của Sở Văn hóa", [("03/2025/TT-BVHTTDL", "93/2020/NĐ-CP", "guides")]),
    ("Nghị định số 5/2025/NĐ-CP quy định chi tiết thi hành Luật Thư viện và Luật Giá", [("5/2025/NĐ-CP", "46/2019/QH14", "guides"), ("5/2025/NĐ-CP", "16/2023/QH15", "guides")]),
    ("Thông tư số 12/2024/TT-BTC ngày 17/9/2024 hướng dẫn một số điều của Luật Giá, Nghị định số 87/2024/NĐ-CP",
     [("12/2024/TT-BTC", "16/2023/QH15", "guides"), ("12/2024/TT-BTC", "87/2024/NĐ-CP", "guides")]),
    ("Thông tư số 12/2020/TT-BTC hướng dẫn Luật Kế toán, Nghị định số 87/2024/NĐ-CP", [("12/2020/TT-BTC", "88/2015/QH13", "guides")]),
    ("Thông tư số 12/2024/TT-BTC hướng dẫn Luật Giá, Nghị định số 87/2024/NĐ-CP quy định về kinh doanh", [("12/2024/TT-BTC", "16/2023/QH15", "guides")]),
    ("Nghị định số 5/2025/NĐ-CP quy định chi tiết Luật Giá, Nghị định số 6/2025/NĐ-CP", [("5/2025/NĐ-CP", "16/2023/QH15", "guides")]),
    ("Kế hoạch số 8/KH-UBND về triển khai Chương trình hành động số 21-CTr/TU", [("8/KH-UBND", "21-CTr/TU", "implements")]),
    ("Quyết định số 900/QĐ-TTg của Thủ tướng Chính phủ ban hành Kế hoạch triển khai thi hành Luật Nhà giáo năm 2025",
     [("900/QĐ-TTg", "73/2025/QH15", "implements")]),
    ("Nghị quyết số 281/NQ-CP ban hành Chương trình hành động thực hiện Nghị quyết số 71-NQ/TW", [("281/NQ-CP", "71-NQ/TW", "implements")]),
    ("Chương trình số 5-CTr/TU ngày 3/8/2025 của Tỉnh ủy và Kế hoạch số 8/KH-UBND ngày 5/9/2025 của UBND tỉnh về thực hiện Nghị quyết số 7-NQ/TW "
     "ngày 1/4/2025 của Bộ Chính trị", [("8/KH-UBND", "7-NQ/TW", "implements"), ("5-CTr/TU", "7-NQ/TW", "implements")]),
    ("Công điện số 5/CĐ-TTg ngày 3/8/2025 của Thủ tướng Chính phủ và Kế hoạch số 8/KH-UBND ngày 5/9/2025 của UBND tỉnh về thực hiện "
     "Nghị quyết số 7-NQ/TW ngày 1/4/2025 của Bộ Chính trị", [("8/KH-UBND", "7-NQ/TW", "implements")]),
    ("Quyết định số 7/QĐ-TTg ngày 1/4/2022 của Thủ tướng Chính phủ. Thực hiện Kế hoạch số 5/KH-UBND ngày 3/8/2025 của UBND tỉnh và Kế hoạch số "
     "8-KH/ĐU ngày 5/9/2025 của Đảng ủy xã về thực hiện Quyết định số 7/QĐ-TTg", [("8-KH/ĐU", "7/QĐ-TTg", "implements"), ("5/KH-UBND", "7/QĐ-TTg", "implements")]),
    ("Quy định số 5-QĐ/TW ngày 3/8/2024 của Bộ Chính trị và Kế hoạch số 8/KH-UBND ngày 5/9/2025 của UBND tỉnh về thực hiện Nghị quyết số 7-NQ/TW "
     "ngày 1/4/2025 của Bộ Chính trị", [("8/KH-UBND", "7-NQ/TW", "implements")]),
    ("Kế hoạch số 5/KH-UBND ngày 3/8/2025 của UBND tỉnh về du lịch và Kế hoạch số 8/KH-UBND ngày 5/9/2025 của UBND tỉnh về thực hiện Nghị quyết "
     "số 7-NQ/TW ngày 1/4/2025 của Bộ Chính trị", [("8/KH-UBND", "7-NQ/TW", "implements")]),
    ("Kế hoạch số 9-KH/TU về thực hiện Quy định số 10-QĐ/TW, Quy định số 11-QĐ/TW và Quy định số 12-QĐ/TW",
     [("9-KH/TU", "10-QĐ/TW", "implements"), ("9-KH/TU", "11-QĐ/TW", "implements"), ("9-KH/TU", "12-QĐ/TW", "implements")]),
    ("Kế hoạch số 9-KH/TU (gọi tắt là Kế hoạch 9) triển khai các quy định của Trung ương gồm: Quy định số 10-QĐ/TW về nêu gương, Quy định số "
     "11-QĐ/TW về từ chức", [("9-KH/TU", "10-QĐ/TW", "implements"), ("9-KH/TU", "11-QĐ/TW", "implements")]),
    ("Kế hoạch số 9-KH/TU của Ban Thường vụ Tỉnh ủy (sau đây gọi tắt là Ban Thường vụ) về thực hiện Quy định số 10-QĐ/TW",
     [("9-KH/TU", "10-QĐ/TW", "implements")]),
    ("Kế hoạch số 9-KH/TU (sau đây gọi tắt là Kế hoạch); thực hiện Quy định số 10-QĐ/TW", []),
    ("Kế hoạch số 9-KH/TU về thực hiện Quy định số 10-QĐ/TW ngày 1/2/2023 của Bộ Chính trị về nêu gương trong Đảng (gọi tắt là Quy định 10) và Quy "
     "định số 11-QĐ/TW của Bộ Chính trị về từ chức", [("9-KH/TU", "10-QĐ/TW", "implements"), ("9-KH/TU", "11-QĐ/TW", "implements")]),
    ("Kế hoạch số 9-KH/TU về triển khai Quy định số 10-QĐ/TW về nêu gương (Quy định 10), Quy định số 11-QĐ/TW về từ chức (Quy định 11) và Kế hoạch "
     "số 4-KH/ĐU về nêu gương", [("9-KH/TU", "10-QĐ/TW", "implements"), ("9-KH/TU", "11-QĐ/TW", "implements")]),
    ("Kế hoạch số 9-KH/TU về thực hiện Quy định số 10-QĐ/TW của Bộ Chính trị về nêu gương (Quy định 10) và Quy định số 11-QĐ/HU của Huyện ủy",
     [("9-KH/TU", "10-QĐ/TW", "implements")]),
    ("Kế hoạch số 9-KH/TU về thực hiện Quy định số 10-QĐ/TW về nêu gương (Quy định 10); Quy định số 11-QĐ/TW về từ chức",
     [("9-KH/TU", "10-QĐ/TW", "implements")]),
    ("Kế hoạch số 9-KH/TU của Tỉnh ủy về thực hiện Nghị quyết số 7-NQ/TW, Nghị quyết số 8-NQ/HU của Huyện ủy", [("9-KH/TU", "7-NQ/TW", "implements")]),
    ("Kế hoạch số 9-KH/TU về thực hiện Nghị quyết số 7-NQ/TW, Kế hoạch số 8-KH/HU của Huyện ủy", [("9-KH/TU", "7-NQ/TW", "implements")]),
    ("Kế hoạch số 8/KH-UBND về chuyển đổi số, Sở Y tế xây dựng Kế hoạch thực hiện Chỉ thị số 5/CT-TTg", []),
    ("Kế hoạch số 8/KH-UBND về chuyển đổi số và Kế hoạch số 9/KH-UBND về cải cách hành chính", []),
    ("Kế hoạch số 8/KH-UBND về chuyển đổi số; thực hiện Kế hoạch số 9/KH-UBND", []),
    ("Kế hoạch số 8-KH/ĐUK của Đảng ủy Khối cơ quan và doanh nghiệp tỉnh về thực hiện Kế hoạch số 9-KH/TU", [("8-KH/ĐUK", "9-KH/TU", "implements")]),
    ("Kế hoạch số 8/KH-UBND, Kế hoạch số 9/KH-UBND", []),
    ("Kế hoạch số 8/KH-UBND về phòng, chống dịch. Thực hiện Chỉ thị số 5/CT-TTg", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edges"), EDGES, ids=range(len(EDGES)))
def test_edge(text, edges):
    found = edges_of(text, find_citations(text))
    assert [(e.source, e.target, e.relation) for e in found] == edges
    by_id = {c.id: c.key for c in find_citations(text)}
    assert all({by_id[i] for i in e.citations} == {e.source, e.target} for e in found)


PARENTS = [
    # (issuer, regime, opening, parents)
    ("Đảng ủy Sở Tư pháp", "party", "Thực hiện Quy định số 22-QĐ/TW của Bộ Chính trị và Kế hoạch số 9-KH/TU của Tỉnh ủy", ["9-KH/TU"]),
    ("Sở Y tế", "state", "Thực hiện Quyết định số 5/QĐ-BYT của Bộ Y tế và Kế hoạch số 40/KH-UBND của UBND tỉnh", ["40/KH-UBND"]),
    ("Sở Y tế", "state", "Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh, Kế hoạch số 41/KH-UBND của UBND tỉnh", ["40/KH-UBND", "41/KH-UBND"]),
    ("Ủy ban nhân dân tỉnh", "state", "Thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị và Nghị quyết số 3/NQ-CP của Chính phủ", ["3/NQ-CP"]),
    ("Ủy ban nhân dân tỉnh", "state", "Thực hiện Nghị quyết số 3/NQ-CP của Chính phủ và Chương trình hành động số 21-CTr/TU của Tỉnh ủy",
     ["3/NQ-CP", "21-CTr/TU"]),
    ("Ủy ban nhân dân xã Tân Lập", "state", "Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh và Nghị quyết số 3/NQ-CP của Chính phủ",
     ["40/KH-UBND"]),
    ("Sở Y tế", "state", "Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh về thực hiện Chỉ thị số 9-CT/TU", ["40/KH-UBND"]),
    ("Trường Trung học cơ sở Nguyễn Du", "state", "Thực hiện Kế hoạch số 12/KH-SGDĐT của Sở Giáo dục và Đào tạo và Kế hoạch số 7/KH-UBND của UBND xã",
     ["7/KH-UBND"]),
    ("Bộ Nội vụ", "state", "Thực hiện Luật Việc làm số 74/2025/QH15 và Quyết định số 1695/QĐ-TTg của Thủ tướng Chính phủ", ["1695/QĐ-TTg"]),
    ("Ủy ban nhân dân tỉnh", "state", "Thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị và Nghị quyết số 193/2025/QH15 của Quốc hội",
     ["193/2025/QH15"]),
    ("Liên đoàn Lao động tỉnh", "union",
     "Thực hiện Kế hoạch số 18/KH-TLĐ của Tổng Liên đoàn Lao động Việt Nam và Kế hoạch số 7-KH/TU của Tỉnh ủy", ["18/KH-TLĐ", "7-KH/TU"]),
    ("Liên đoàn Lao động tỉnh", "union",
     "Thực hiện Kế hoạch số 18/KH-TLĐ của Tổng Liên đoàn Lao động Việt Nam và Nghị quyết số 2-NQ/TW của Bộ Chính trị", ["18/KH-TLĐ"]),
    ("Đoàn xã Tân Lập", "union", "Thực hiện Kế hoạch số 18-KH/TĐTN của Tỉnh đoàn và Kế hoạch số 7-KH/ĐU của Đảng ủy xã",
     ["18-KH/TĐTN", "7-KH/ĐU"]),
    ("Đoàn xã Tân Lập", "union", "Thực hiện Kế hoạch số 5-KH/TWĐTN của Trung ương Đoàn và Kế hoạch số 18-KH/TĐTN của Tỉnh đoàn", ["18-KH/TĐTN"]),
    ("Đảng ủy xã Tân Lập", "party", "Thực hiện Kế hoạch số 18-KH/TĐTN của Tỉnh đoàn và Kế hoạch số 7-KH/TU của Tỉnh ủy",
     ["18-KH/TĐTN", "7-KH/TU"]),
    ("Ủy ban nhân dân tỉnh", "state", "Thực hiện Nghị quyết số 9-NQ/TU của Tỉnh ủy và Kế hoạch số 5-KH/ĐU của Đảng ủy Ủy ban nhân dân tỉnh",
     ["5-KH/ĐU"]),
    ("Tỉnh ủy An Hòa", "party", "Thực hiện Kết luận số 75-KL/TW của Ban Chấp hành Trung ương Đảng và Chương trình số 31-CTr/TW của Bộ Chính trị",
     ["31-CTr/TW"]),
    ("Sở Tư pháp", "state", "Thực hiện Kế hoạch số 9/KH-UBND của Ủy ban nhân dân tỉnh và Kế hoạch số 5-KH/ĐU của Đảng ủy Ủy ban nhân dân tỉnh",
     ["9/KH-UBND"]),
    ("Đảng ủy xã Tân Lập", "party", "Thực hiện Chương trình số 7-CTr/TU của Tỉnh ủy và Hướng dẫn số 2-HD/BTCTU của Ban Tổ chức Tỉnh ủy",
     ["7-CTr/TU"]),
    ("Đảng ủy Sở Tư pháp", "party", "Thực hiện Quy định số 22-QĐ/TW của Bộ Chính trị và Hướng dẫn số 2-HD/BTCTU của Ban Tổ chức Tỉnh ủy", ["2-HD/BTCTU"]),
    ("Thuế tỉnh An Hòa", "state", "Thực hiện Quyết định số 33/QĐ-BTC của Bộ trưởng Bộ Tài chính và Kế hoạch số 35/KH-CT của Cục Thuế", ["35/KH-CT"]),
    ("Ủy ban nhân dân tỉnh", "state", "Thực hiện Quyết định số 33/QĐ-BTC của Bộ trưởng Bộ Tài chính và Kế hoạch số 35/KH-CT của Cục Thuế",
     ["33/QĐ-BTC", "35/KH-CT"]),
    ("Bộ Y tế", "state", "Thực hiện Kế hoạch số 9/KH-BYT của Bộ Y tế; Thông báo số 18/TB-VPCP của Văn phòng Chính phủ", ["9/KH-BYT"]),
]  # fmt: skip


@pytest.mark.parametrize(("issuer", "regime", "opening", "parents"), PARENTS, ids=range(len(PARENTS)))
def test_parents(issuer, regime, opening, parents):
    made = plan(opening=f"{opening}, đơn vị xây dựng Kế hoạch thực hiện như sau:", issuer=issuer, regime=regime)
    assert [x.target for x in made.links if x.parent] == parents


def test_chain_in_the_title_leaves_one_parent():
    made = plan(
        title="Thực hiện Chỉ thị số 9-CT/TU của Tỉnh ủy",
        opening=f"Thực hiện Kế hoạch số 40/KH-UBND của UBND tỉnh về thực hiện Chỉ thị số 9-CT/TU của Tỉnh ủy, {MAKES}",
    )
    assert [(x.target, x.relation, x.parent) for x in made.links] == [("9-CT/TU", "implements", False), ("40/KH-UBND", "implements", True)]


def test_a_link_takes_the_strongest_relation_and_all_mentions():
    made = plan(title=TITLE, opening=f"Căn cứ Kế hoạch số 40/KH-UBND của UBND tỉnh, {MAKES}", body="1. Đăng tải Kế hoạch số 40/KH-UBND.")
    (link,) = made.links
    assert (link.target, link.relation, link.parent) == ("40/KH-UBND", "implements", True)
    assert link.citations == tuple(c.id for c in made.citations)


def test_a_subject_ends_before_what_goes_back_to_the_verb():
    guiding = GUIDING.replace(" (KK)", "")
    made = plan(opening=f"Thực hiện {guiding} và Kế hoạch số 12/KH-STV ngày 13/3/2025 của Sở Văn hóa, {MAKES}")
    assert (made.citations[0].subject or "").endswith("Nghị định số 93/2020/NĐ-CP ngày 18/8/2020 của Chính phủ")


def test_the_paper_that_brings_this_document_carries_nothing_out():
    made = plan(
        title=TITLE,
        opening=f"Theo đề nghị của Phòng Nghiệp vụ tại Tờ trình số 5/TTr-NV về Kế hoạch của Sở thực hiện Kế hoạch số 40/KH-UBND, {MAKES}",
    )
    assert made.edges == ()
    assert [(x.target, x.relation) for x in made.links] == [("40/KH-UBND", "implements"), ("5/TTr-NV", "based_on")]


def test_self_reference_is_no_link():
    made = plan(body="1. Thực hiện các nội dung tại Mục I Kế hoạch này.")
    assert [c.form for c in made.citations] == ["self"]
    assert made.links == ()


def test_a_plan_without_a_directive_has_no_parent():
    made = plan(opening=f"Căn cứ Luật Dược năm 2016, {MAKES}")
    assert [x.relation for x in made.links] == ["based_on"]
    assert not any(x.parent for x in made.links)


GROUND = "Căn cứ Luật Du lịch năm 2017; Kế hoạch số 300/KH-UBND ngày 05/01/2026 của UBND tỉnh; "


@pytest.mark.parametrize(
    "parts, carried",
    [
        ({"opening": GROUND + "UBND xã ban hành Kế hoạch thực hiện như sau:"}, True),
        ({"opening": GROUND + "UBND xã xây dựng Kế hoạch triển khai thực hiện trên địa bàn xã như sau:"}, True),
        ({"opening": GROUND + "UBND xã ban hành Kế hoạch như sau:"}, False),
        ({"opening": GROUND + "UBND xã ban hành Kế hoạch phát triển du lịch như sau:"}, False),
        ({"opening": GROUND + "UBND xã ban hành Kế hoạch như sau:", "purpose": "Triển khai thực hiện có hiệu quả Kế hoạch của UBND tỉnh."}, True),
        ({"opening": GROUND + "UBND xã ban hành Kế hoạch như sau:", "purpose": "Triển khai thực hiện Kế hoạch của Tỉnh ủy."}, False),
    ],
)
def test_a_ground_that_launch_or_purposes_carry_out(parts, carried):
    """The mention stays a ground, the link says what the plan does; a law is never carried out by such words."""
    found = plan(**parts)
    links = {link.target: (link.relation, link.parent) for link in found.links}
    assert links["300/KH-UBND"] == (("implements", True) if carried else ("based_on", False))
    assert [relation for key, (relation, _) in links.items() if "Luật" in key or "QH" in key] == ["based_on"]
    assert {c.relation for c in found.citations if c.key == "300/KH-UBND"} == {"based_on"}


def test_a_document_of_the_chain_is_carried_out_where_the_purposes_say_so():
    chain = "Thực hiện Kế hoạch số 52-KH/TU ngày 3/4/2026 của Tỉnh ủy về triển khai Nghị quyết số 71-NQ/TW (gọi tắt là Nghị quyết 71), "
    found = plan(opening=chain + "Sở Y tế xây dựng Kế hoạch như sau:", purpose="1. Tạo chuyển biến trong việc thực hiện Nghị quyết 71.")
    assert {link.target: (link.relation, link.parent) for link in found.links} == {
        "52-KH/TU": ("implements", True), "71-NQ/TW": ("implements", False),
    }  # fmt: skip


@pytest.mark.parametrize("lead", ["1- ", "1- Mục đích: ", "Mục đích: ", "a) Yêu cầu: "])
def test_purposes_on_the_line_of_their_heading(lead):
    bases = "Căn cứ Kế hoạch số 15-KH/TU ngày 3/4/2026 của Tỉnh ủy thực hiện Chỉ thị số 50-CT/TW, "
    found = plan(
        title="Thực hiện Chỉ thị số 50-CT/TW", opening=bases + "Đảng ủy xã xây dựng Kế hoạch như sau:",
        purpose=f"{lead}Quán triệt sâu sắc nội dung Chỉ thị số 50-CT/TW và Kế hoạch 15 của Tỉnh ủy.",
    )  # fmt: skip
    assert {link.target: (link.relation, link.parent) for link in found.links} == {
        "50-CT/TW": ("implements", False), "15-KH/TU": ("implements", True),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        (" nêu trên và chỉ đạo của Chủ tịch UBND tỉnh tại", "implements"),
        (", ý kiến chỉ đạo của Thường trực Tỉnh ủy tại", "implements"),
        ("; theo đề nghị của Sở Nội vụ tại", "based_on"),
        (" và quy định của Sở Nội vụ tại", "cites"),
        (" và đề nghị của Chánh Thanh tra tỉnh tại", "based_on"),
        (", xét đề nghị của Đảng ủy Sở tại", "based_on"),
    ],
)
def test_orders_beside_a_plan_are_carried_out_too(said, relation):
    found = plan(opening=f"Thực hiện Kế hoạch số 40/KH-UBND{said} Thông báo số 30/TB-VP ngày 3/4/2026, Sở Y tế xây dựng Kế hoạch như sau:")
    assert [c.relation for c in found.citations] == ["implements", relation]


def test_lines_below_what_is_carried_out():
    lines = "Thực hiện các văn bản:\n- Nghị quyết số 7-NQ/TW ngày 1/4/2026 của Bộ Chính trị;\n- Kế hoạch số 40/KH-UBND ngày 3/4/2026 của UBND tỉnh.\n"
    found = plan(opening=lines + "Sở Y tế xây dựng Kế hoạch như sau:")
    assert [(c.key, c.relation) for c in found.citations] == [("7-NQ/TW", "implements"), ("40/KH-UBND", "implements")]


def test_an_article_of_a_decision_repeals():
    body = "Điều 1. Ban hành Quy chế.\nĐiều 2. Bãi bỏ Quyết định số 5/QĐ-UBND ngày 1/4/2024 và Quyết định số 6/QĐ-UBND ngày 2/4/2024."
    assert [c.relation for c in plan(body=body).citations] == ["repeals", "repeals"]


def test_what_two_bodies_agreed_is_no_parent_beside_an_order():
    orders = "Thực hiện Kế hoạch số 40/KH-BYT ngày 3/4/2026 của Bộ Y tế và Chương trình phối hợp số 5/CTr-SYT-STP ngày 1/3/2024 giữa Sở Y tế và Sở Tư pháp, "
    found = plan(opening=orders + "Sở Y tế xây dựng Kế hoạch như sau:", issuer="Sở Y tế", regime="state")
    assert [(link.target, link.parent) for link in found.links] == [("40/KH-BYT", True), ("5/CTr-SYT-STP", False)]


def test_what_a_telegram_follows_up_is_no_basis():
    found = plan(opening="Tiếp theo Công văn số 40/UBND-VX ngày 3/4/2026, Sở Y tế xây dựng Kế hoạch như sau:")
    assert [c.relation for c in found.citations] == ["cites"]


def test_a_notice_of_an_office_stands_as_high_as_its_body():
    assert issuer_rank("Văn phòng UBND tỉnh", "30/TB-VP") == issuer_rank("UBND tỉnh")
    assert issuer_rank("Văn phòng UBND tỉnh", "30/KH-VP") == issuer_rank("Sở Y tế")


def test_works_without_zones():
    source = from_text(PLAN.format(title=TITLE, opening=f"Căn cứ Luật Dược năm 2016, {MAKES}", purpose="1. Nâng cao nhận thức.", body="1. Tuyên truyền."))
    found = extract_citations(Plan(source))
    assert [(c.key, c.relation) for c in found] == [("40/KH-UBND", "implements"), ("105/2016/QH13", "based_on")]


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("Bộ Chính trị", "Tỉnh ủy"), ("Chính phủ", "Bộ Y tế"), ("Bộ Y tế", "UBND tỉnh"), ("UBND tỉnh", "Sở Y tế"), ("Sở Y tế", "UBND xã Hòa An"),
        ("Ban Thường vụ Thành ủy", "Đảng ủy Sở Nội vụ"), ("Huyện ủy Yên Thế", "Đảng ủy xã Tam Tiến"), ("Ủy ban nhân dân tỉnh", "Trường THPT Chu Văn An"), ("Sở Lao động - Thương binh và Xã hội", "UBND phường 3"),
        ("Sở Nông nghiệp và Môi trường", "Ủy ban nhân dân thị xã Ba Đồn"), ("Văn phòng Tỉnh ủy", "Phòng Nội vụ huyện Ba Vì"),
        ("UBND tỉnh", "Bảo hiểm xã hội huyện Ba Vì"), ("Bộ Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo"),
    ],
)  # fmt: skip
def test_line_of_command(higher, lower):
    first, second = issuer_rank(higher), issuer_rank(lower)
    assert first is not None
    assert second is not None
    assert first > second


def test_links_of_nothing():
    assert links_of((), ()) == ()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 12/5/2026)", [("full", "promulgates")]),
        ("(Kèm theo Quyết định số 12/QĐ-UBND ngày 12/5/2026 của Ủy ban nhân dân tỉnh)", [("full", "promulgates")]),
        ("Quyết định số 12/QĐ-UBND ngày 12/5/2026 nêu rõ:", [("full", "cites")]),
        ("(Kèm theo Quyết định số 13/QĐ-UBND ngày 13/5/2026)", [("full", "promulgates")]),
    ],
)
def test_the_act_issues_what_it_says_it_is_issued_with(line, found):
    head = "UBND TỈNH SÔNG LAM\nSố: 12/QĐ-UBND\nSông Lam, ngày 12 tháng 5 năm 2026\n\nQUYẾT ĐỊNH\nBan hành Quy chế nuôi ong\n\n"
    text = f"{head}Điều 1. Ban hành Quy chế nuôi ong.\n\nQUY CHẾ\nNuôi ong\n{line}\n\nChương I\nQUY ĐỊNH CHUNG\n"
    made = with_identity(outline(Plan(from_text(text))))
    made = replace(made, citations=extract_citations(made))
    assert [(c.form, c.relation) for c in made.citations] == found
    assert [link.target for link in extract_links(made)[0]] == [c.key for c in made.citations if c.key != "12/QĐ-UBND"]  # none to itself


def test_no_link_to_itself_where_the_head_writes_the_number_in_small_letters():
    head = "UBND TỈNH SÔNG LAM\nSố: 12/qđ-UBND\nSông Lam, ngày 12 tháng 5 năm 2026\n\nQUYẾT ĐỊNH\nBan hành Quy chế nuôi ong\n\n"
    text = f"{head}Điều 1. Ban hành Quy chế.\n\nQUY CHẾ\nNuôi ong\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 12/5/2026)\n\nChương I\nCHUNG\n"
    made = with_identity(outline(Plan(from_text(text))))
    made = replace(made, citations=extract_citations(made))
    assert [c.key for c in made.citations] == ["12/QĐ-UBND"]
    assert extract_links(made)[0] == ()


NOTED = """KẾ HOẠCH
Chuyển đổi số năm 2026

Căn cứ văn bản của Bộ Tài chính¹ và ý kiến của Sở Nội vụ²; thực hiện Kế hoạch số 61/KH-UBND của UBND tỉnh³, UBND xã ban hành Kế hoạch như sau:

I. MỤC ĐÍCH
- Thực hiện chủ trương của Tỉnh ủy⁴ và UBND tỉnh⁵ về chuyển đổi số.
- Nâng cao trách nhiệm của cán bộ⁶.

II. NHIỆM VỤ
1. Văn phòng đẩy mạnh thực hiện các chỉ thị của Thủ tướng⁷ trước ngày 15/9/2026.
2. Phòng Kinh tế lập dự toán theo hướng dẫn của tỉnh⁸.

¹ Thông tư số 91/2025/TT-BTC; Công văn số 320/BTC-NSNN ngày 5/1/2026 về dự toán.
² Công văn số 77/SNV-CCHC ngày 6/1/2026.
³ Kế hoạch số 61/KH-UBND ngày 7/1/2026 của UBND tỉnh về triển khai Nghị quyết số 12-NQ/TU.
⁴ Chương trình số 08-CTr/TU ngày 8/1/2026; Kết luận số 09-KL/TU ngày 9/1/2026.
⁵ Kế hoạch số 62/KH-UBND ngày 10/1/2026.
⁶ Theo Quyết định số 15/QĐ-UBND ngày 11/1/2026.
⁷ Chỉ thị số 10/CT-TTg ngày 12/1/2026.
⁸ Hướng dẫn số 40/HD-STC ngày 13/1/2026.
"""


@pytest.mark.parametrize("raised", [True, False], ids=["raised figures", "figures in square brackets"])
def test_papers_that_make_up_a_footnote_do_what_the_words_do_on_which_it_hangs(raised):
    text = NOTED if raised else NOTED.translate({ord(c): f"[{n}]" for n, c in enumerate("¹²³⁴⁵⁶⁷⁸", 1)})
    made = with_identity(outline(Plan(from_text(text))))
    found = [(c.key, c.relation) for c in extract_citations(made)]
    assert [(key, what) for key, what in found if what != "cites"] == [
        ("61/KH-UBND", "implements"), ("91/2025/TT-BTC", "based_on"), ("320/BTC-NSNN", "based_on"), ("77/SNV-CCHC", "based_on"),
        ("61/KH-UBND", "implements"), ("08-CTr/TU", "implements"), ("09-KL/TU", "implements"), ("62/KH-UBND", "implements"),
    ]  # fmt: skip
    assert [key for key, what in found if what == "cites"] == ["12-NQ/TU", "15/QĐ-UBND", "10/CT-TTg", "40/HD-STC"]
