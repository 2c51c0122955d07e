"""Names of offices that hold an act, another body or a list of fields, as ministries, departments, hospitals, schools and communes have them.

Each is read in every sentence of ``tests/unit/test_composed_names.py``. Source: domain.md 6.2; ``lexicons/office_names.csv`` for the names that
the grammar cannot tell from a clause.
"""

from __future__ import annotations

OFFICES: dict[str, tuple[str, ...]] = {
    "ministry_unit": (
        "Vụ Pháp luật dân sự - kinh tế", "Vụ Các vấn đề chung về xây dựng pháp luật", "Vụ Pháp luật hình sự - hành chính",
        "Cục Kiểm tra văn bản và Quản lý xử lý vi phạm hành chính", "Cục Quản lý Thi hành án dân sự",
        "Cục Phổ biến, giáo dục pháp luật và Trợ giúp pháp lý", "Cục Quản lý, giám sát chính sách thuế, phí và lệ phí",
        "Cục Quản lý, giám sát kế toán, kiểm toán", "Cục Tiền lương và Bảo hiểm xã hội", "Cục Khởi nghiệp và Doanh nghiệp công nghệ",
        "Cục Nhà giáo và Cán bộ quản lý giáo dục", "Cục Quản lý Y, Dược cổ truyền", "Cục Văn hóa cơ sở, Gia đình và Thư viện",
        "Cục Bản quyền tác giả", "Ủy ban Nhà nước về người Việt Nam ở nước ngoài", "Cục Quản lý, giám sát tổ chức tín dụng",
        "Cục An toàn hệ thống các tổ chức tín dụng", "Vụ Giám sát, thẩm định và xử lý sau thanh tra",
        "Vụ Theo dõi công tác thanh tra, khiếu nại, tố cáo", "Ủy ban Công tác đại biểu", "Vụ Phục vụ hoạt động giám sát",
        "Thanh tra Bộ Quốc phòng", "Văn phòng Ban Chỉ đạo 389 quốc gia", "Cục Thanh tra, Kiểm tra nội bộ",
        "Cục Giải quyết khiếu nại, tố cáo và Thanh tra khu vực 2",
    ),
    "province_division": (
        "Phòng Thẩm định và Xử lý sau thanh tra", "Phòng Giám sát, kiểm tra và xử lý sau thanh tra",
        "Phòng Giám sát, Thẩm định và Xử lý sau thanh tra", "Phòng Kiểm tra, giám sát và thi hành kỷ luật",
        "Phòng Nghiệp vụ thanh tra, giải quyết khiếu nại, tố cáo", "Phòng Thanh tra phòng, chống tham nhũng, tiêu cực",
        "Phòng Xây dựng và Kiểm tra văn bản quy phạm pháp luật", "Phòng Quản lý xử lý vi phạm hành chính và theo dõi thi hành pháp luật",
        "Phòng Tổ chức, biên chế và tổ chức phi chính phủ", "Phòng Lao động, tiền lương và bảo hiểm xã hội",
        "Phòng Tài chính doanh nghiệp và đầu tư", "Phòng Doanh nghiệp, kinh tế tập thể và tư nhân", "Phòng Tổng hợp, Quy hoạch",
        "Phòng Khoa giáo, Văn xã", "Phòng Quản lý đào tạo và sát hạch lái xe", "Phòng Xuất nhập khẩu và Hội nhập quốc tế",
        "Phòng Báo chí, xuất bản và thông tin điện tử", "Phòng Quản lý lữ hành và cơ sở lưu trú du lịch",
        "Phòng Lãnh sự - Người Việt Nam ở nước ngoài", "Phòng Theo dõi, Thanh tra khối kinh tế tổng hợp",
        "Phòng Hành chính, Tổ chức, Quản trị",
    ),
    "province_unit": (
        "Chi cục Kiểm lâm vùng II", "Chi cục Bảo vệ thực vật và Quản lý chất lượng nông sản",
        "Chi cục Quản lý đê điều và Phòng, chống lụt bão", "Chi cục Phòng, chống tệ nạn xã hội",
        "Chi cục Hải quan cửa khẩu quốc tế Hữu Nghị", "Trung tâm Thông tin và Chuyển đổi số nông nghiệp",
        "Trung tâm Quản lý, khai thác công trình hạ tầng", "Trung tâm Chăm sóc, nuôi dưỡng người có công",
        "Trung tâm Hỗ trợ phát triển giáo dục hòa nhập", "Trung tâm Bảo tồn voi, Cứu hộ động vật và Quản lý bảo vệ rừng",
        "Trung tâm Cứu hộ, bảo tồn và phát triển sinh vật", "Trung tâm Đào tạo, huấn luyện thể thao",
        "Trung tâm Nghiên cứu, ứng dụng và phát triển công nghệ", "Trung tâm Bồi dưỡng chính trị khu vực 2",
        "Trung tâm Xử lý dữ liệu và điều hành giao thông", "Trung tâm Hành động vì sự phát triển cộng đồng",
        "Trạm Kiểm tra tải trọng xe lưu động", "Ban Quản lý các dự án đầu tư xây dựng công trình thủy lợi",
        "Ban Quản lý Trung tâm hội nghị", "Ban Quản lý bảo trì và khai thác hạ tầng", "Quỹ Hỗ trợ phát triển hợp tác xã",
        "Quỹ Hỗ trợ phụ nữ phát triển", "Quỹ Khám chữa bệnh cho người nghèo",
    ),
    "party": (
        "Ban Tuyên giáo và Dân vận Thành ủy", "Ban Tuyên giáo và Dân vận Đảng ủy phường", "Ban Bảo vệ, chăm sóc sức khỏe cán bộ tỉnh",
        "Ban Chính sách, chiến lược Trung ương", "Đảng ủy các cơ quan Đảng Trung ương", "Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương",
        "Đảng ủy Sở Giáo dục và Đào tạo", "Đảng ủy Các khu công nghiệp và khu kinh tế tỉnh", "Ban Chỉ đạo 35 Trung ương",
    ),
    "front": (
        "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam phường", "Ban Công tác Mặt trận khu dân cư số 4",
        "Ban Dân chủ, Giám sát và Phản biện xã hội", "Ban Tổ chức, Kiểm tra", "Ban Chính sách, pháp luật và quan hệ lao động",
        "Ban Đoàn kết tập hợp thanh niên", "Công đoàn các khu công nghiệp tỉnh", "Hội Cựu Công an nhân dân tỉnh",
    ),
    "court": (
        "Tòa án nhân dân cấp cao tại Đà Nẵng", "Tòa Phúc thẩm Tòa án nhân dân tối cao tại Hà Nội",
        "Phòng Giám đốc, kiểm tra về hình sự, hành chính", "Phòng Thực hành quyền công tố, kiểm sát điều tra án trật tự xã hội",
        "Phòng Kiểm sát và giải quyết đơn khiếu nại, tố cáo trong hoạt động tư pháp",
        "Vụ Thực hành quyền công tố và kiểm sát xét xử hình sự", "Viện kiểm sát quân sự Quân khu 4", "Tòa án quân sự khu vực 1",
        "Phòng Nghiệp vụ và Tổ chức thi hành án dân sự",
    ),
    "forces": (
        "Phòng Cảnh sát quản lý hành chính về trật tự xã hội Công an tỉnh",
        "Đội Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ khu vực 2", "Đội Cảnh sát quản lý hành chính về trật tự xã hội",
        "Phòng Cảnh sát điều tra tội phạm về ma túy", "Phòng Xây dựng phong trào bảo vệ an ninh Tổ quốc",
        "Phòng Công tác đảng và công tác chính trị", "Cục Cảnh sát quản lý tạm giữ, tạm giam và thi hành án hình sự tại cộng đồng",
        "Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc", "Trung tâm dữ liệu quốc gia", "Ban Dân vận - Tuyên truyền đặc biệt",
        "Ban Bảo vệ an ninh quân đội", "Ban Chỉ huy Phòng thủ khu vực 1 - Mỹ Hào", "Bộ Tư lệnh Vùng Cảnh sát biển 1",
        "Lữ đoàn Công binh 414", "Trung đội Dân quân cơ động",
    ),
    "hospital": (
        "Hội đồng quản lý chất lượng bệnh viện", "Hội đồng quản lý an toàn người bệnh", "Hội đồng Kiểm soát nhiễm khuẩn",
        "Hội đồng Người bệnh", "Hội đồng Đạo đức trong nghiên cứu y sinh học", "Mạng lưới Quản lý chất lượng bệnh viện",
        "Tổ quản lý sử dụng kháng sinh", "Điểm trạm Y tế Hợp Đức", "Tổ truyền thông giảm hại thuốc lá", "Đội cơ động phòng, chống dịch",
    ),
    "school": (
        "Phòng Đảm bảo chất lượng và Khảo thí", "Phòng Thanh tra, Pháp chế và Đảm bảo chất lượng",
        "Phòng Hợp tác quốc tế và Quan hệ doanh nghiệp", "Phòng Tuyển sinh và Truyền thông", "Phòng Khoa học công nghệ và Đối ngoại",
        "Tổ Ngữ văn - Giáo dục công dân", "Tổ nuôi dưỡng", "Tổ Mẫu giáo 5 - 6 tuổi", "Hội đồng tự đánh giá",
        "Hội đồng kiểm tra, đánh giá ngoài", "Hội đồng Khoa học và Đào tạo", "Hội đồng lựa chọn sách giáo khoa",
        "Hội đồng ra đề thi, in sao đề thi", "Ban Chấm thi tự luận", "Ban Thanh tra giáo dục", "Ban chỉ huy Liên đội",
        "Ban Chấp hành Công đoàn trường", "Viện Đào tạo mở và Quản lý phát triển", "Thư viện trường",
        "Trường Trung học cơ sở và Trung học phổ thông Hồng Ngự 2", "Trường Đào tạo, bồi dưỡng cán bộ công thương", "Trường Mầm non 19/5",
    ),
    "enterprise": (
        "Tổng công ty Đầu tư phát triển đường cao tốc Việt Nam", "Tập đoàn Công nghiệp - Viễn thông Quân đội",
        "Công ty TNHH MTV Khai thác công trình thủy lợi Nam Đuống", "Công ty TNHH một thành viên Lâm nghiệp Sơn Dương",
        "Công ty TNHH MTV Môi trường đô thị", "Công ty Cổ phần Cấp nước và Xây dựng Quảng Trị",
        "Công ty cổ phần Môi trường và Dịch vụ đô thị", "Công ty Truyền tải điện 1", "Bưu điện văn hóa xã", "Phòng Khách hàng doanh nghiệp",
        "Ban Tổng Giám đốc", "Đội Quản lý vận hành lưới điện cao thế",
    ),
    "commune": (
        "Phòng Kinh tế, Hạ tầng và Đô thị phường", "Phòng Văn hóa - Xã hội xã Tân Tiến", "Văn phòng Đảng ủy - HĐND - UBND xã",
        "Trung tâm Phục vụ hành chính công xã Thượng Lan", "Ban Chỉ huy Quân sự phường Nếnh",
        "Ban Chỉ huy phòng, chống thiên tai - tìm kiếm cứu nạn xã", "Ban Quản lý chợ và khu dịch vụ",
        "Tổ công tác hỗ trợ chính quyền địa phương 02 cấp", "Tổ quản lý, bảo vệ rừng thôn Nà Bản", "Tổ thu gom rác thải",
        "Tổ tự quản đường biên, cột mốc", "Tổ rà soát văn bản", "Tổ giúp việc, giám sát và đánh giá", "Đội quản lý trật tự xây dựng",
        "Đội Kiểm tra liên ngành 814", "Đội Thông tin lưu động", "Câu lạc bộ Liên thế hệ tự giúp nhau", "Bộ phận thường trực Ban Chỉ đạo",
    ),
    "set_up": (
        "Ban Chỉ đạo về chuyển đổi số và Đề án 06 tỉnh", "Ban Chỉ đạo xóa nhà tạm",
        "Ban Chỉ đạo phòng, chống tham nhũng, lãng phí, tiêu cực tỉnh", "Ban Chỉ đạo công tác quy hoạch và đầu tư công",
        "Ban Chỉ đạo liên ngành về hội nhập quốc tế", "Ban Chỉ đạo ứng phó biến đổi khí hậu", "Ban Chỉ đạo Kỳ thi tốt nghiệp THPT",
        "Hội đồng kiểm tra sát hạch viên chức", "Hội đồng xét duyệt đề cương", "Hội đồng định giá tài sản trong tố tụng hình sự",
        "Hội đồng đấu giá quyền sử dụng đất", "Hội đồng giám sát xổ số", "Hội đồng cung cấp thông tin thuộc phạm vi bí mật nhà nước",
        "Hội đồng tư vấn đặc xá", "Hội đồng xét tặng danh hiệu Nghệ nhân nhân dân", "Hội đồng bảo vệ rừng",
        "Đoàn giám sát chuyên đề HĐND tỉnh", "Tổ đại biểu HĐND tỉnh", "Tổ thẩm tra",
    ),
    "person": (
        "Giám đốc Sở Khoa học và Công nghệ", "Giám đốc Kho bạc Nhà nước khu vực IX", "Giám đốc các Trung tâm Y tế khu vực",
        "Thủ trưởng các cơ quan, đơn vị thuộc Bộ", "Thủ trưởng các cơ quan chuyên môn thuộc UBND tỉnh",
        "Thủ trưởng các cơ quan, đơn vị, địa phương được thanh tra", "Trưởng phòng Giám sát, thẩm định và xử lý sau thanh tra",
        "Trưởng các phòng chuyên môn, nghiệp vụ", "Trưởng Ban Quản lý dự án", "Trưởng xóm, khu", "đấu giá viên",
    ),
    "collective": (
        "các sở, ban, ngành có liên quan", "các doanh nghiệp kinh doanh hạ tầng khu công nghiệp trên địa bàn",
        "các cơ quan, đơn vị được thanh tra", "các cơ quan, đơn vị, địa phương có liên quan", "các đơn vị sự nghiệp công lập trực thuộc",
        "các tổ chức hành nghề công chứng", "các tổ chức hành nghề đấu giá tài sản", "các doanh nghiệp bưu chính, viễn thông, điện lực",
        "các công ty thủy lợi", "các đơn vị sử dụng ngân sách", "các đơn vị cung cấp dịch vụ công ích", "các tổ chức tôn giáo",
        "các chủ hộ nuôi", "các trạm, trại, trung tâm trực thuộc Sở", "đơn vị bảo dưỡng thường xuyên", "đơn vị quản lý, vận hành",
        "chủ sở hữu công trình",
    ),
}  # fmt: skip
"""Names by the kind of office that bears them."""
