//! Small sites in the styles of the systems that portals run on: the same six articles in each, with menus, sidebars,
//! lists of other articles, forms and footers. The templates are in `tests/fixtures/html`.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else
#![allow(dead_code)] // each file of tests uses its part

/// An article of a site, as its webmaster typed it.
pub struct Story {
    pub title: &'static str,
    pub slug: &'static str,
    pub category: &'static str,
    /// ISO 8601 with the time.
    pub iso: &'static str,
    pub lead: &'static str,
    pub paragraphs: &'static [&'static str],
    pub caption: &'static str,
    pub author: &'static str,
}

pub const STORIES: [Story; 6] = [
    Story {
        title: "Tam Hợp hoàn thành tuyến đường hoa dài ba cây số trước ngày hội đại đoàn kết",
        slug: "tam-hop-hoan-thanh-tuyen-duong-hoa-dai-ba-cay-so-truoc-ngay-hoi-dai-doan-ket",
        category: "Xây dựng nông thôn mới",
        iso: "2024-11-08T08:15",
        lead: "Sau hai tháng bà con ba thôn cùng góp công, tuyến đường hoa dài ba cây số nối trung tâm xã với bến đò đã hoàn thành vào sáng nay.",
        paragraphs: &[
            "Tuyến đường được trồng hơn bốn nghìn cây hoa mười giờ, hoa giấy và chuỗi ngọc; kinh phí do các hộ dân hai bên đường đóng góp, Hội Phụ nữ xã đứng ra chăm sóc hằng tuần.",
            "Bà Đỗ Thị Hòa, Chi hội trưởng phụ nữ thôn Trung, cho biết mỗi chiều chủ nhật chị em lại nhổ cỏ, tưới nước và thay những cây đã tàn.",
            "Trong năm tới, xã phấn đấu mỗi thôn có thêm một tuyến đường kiểu mẫu sáng, xanh, sạch, đẹp.",
        ],
        caption: "Chị em phụ nữ thôn Trung chăm sóc hoa ven đường",
        author: "Hà Mai",
    },
    Story {
        title: "Sơ kết một năm mô hình tổ công nghệ số cộng đồng",
        slug: "so-ket-mot-nam-mo-hinh-to-cong-nghe-so-cong-dong",
        category: "Chuyển đổi số",
        iso: "2024-10-21T14:30",
        lead: "Chiều 21/10, Ủy ban nhân dân xã tổ chức hội nghị sơ kết một năm hoạt động của các tổ công nghệ số cộng đồng ở tám thôn.",
        paragraphs: &[
            "Theo báo cáo tại hội nghị, tám tổ với năm mươi hai thành viên đã đến từng nhà hướng dẫn hơn một nghìn hai trăm lượt người cài đặt và sử dụng dịch vụ công trực tuyến.",
            "Nhiều cách làm hay được chia sẻ, như tổ của thôn Hạ mở lớp buổi tối ngay tại nhà văn hóa để người đi làm đồng về vẫn kịp học.",
            "Kết luận hội nghị, lãnh đạo xã yêu cầu các tổ chọn việc thiết thực nhất với từng nhóm dân cư, tránh làm theo phong trào.",
            "Dịp này, ba tổ và năm cá nhân có thành tích xuất sắc đã được khen thưởng.",
        ],
        caption: "Thành viên tổ công nghệ số hướng dẫn người cao tuổi dùng điện thoại",
        author: "Nguyễn Thanh Vi",
    },
    Story {
        title: "Thư viện nhỏ trong ngôi chùa làng",
        slug: "thu-vien-nho-trong-ngoi-chua-lang",
        category: "Văn hóa xã hội",
        iso: "2024-09-03T07:05",
        lead: "Cứ mỗi cuối tuần, gian nhà ngang của chùa làng Hạ lại rộn tiếng trẻ đọc sách; thư viện nhỏ ấy vừa tròn ba năm tuổi.",
        paragraphs: &[
            "Ý tưởng bắt đầu từ cô giáo về hưu Trần Thị Lụa. Cô đem bốn trăm cuốn sách của gia đình đến chùa, nhờ nhà chùa cho mượn gian nhà bỏ trống.",
            "Đến nay, thư viện đã có hơn ba nghìn đầu sách do bạn đọc khắp nơi gửi tặng, mỗi tháng phục vụ chừng sáu trăm lượt trẻ em trong vùng.",
            "“Tôi chỉ mong các cháu có một chỗ ngồi mát mẻ để đọc”, cô Lụa nói.",
        ],
        caption: "Các em nhỏ đọc sách ở gian nhà ngang",
        author: "Lê Quang Sơn",
    },
    Story {
        title: "Ra mắt câu lạc bộ gia đình phòng, chống rác thải nhựa",
        slug: "ra-mat-cau-lac-bo-gia-dinh-phong-chong-rac-thai-nhua",
        category: "Môi trường",
        iso: "2024-08-16T09:40",
        lead: "Sáng 16/8, Hội Liên hiệp Phụ nữ xã phối hợp với Đoàn Thanh niên ra mắt câu lạc bộ gia đình phòng, chống rác thải nhựa với ba mươi thành viên.",
        paragraphs: &[
            "Câu lạc bộ sinh hoạt mỗi tháng một lần. Các gia đình cam kết đi chợ bằng làn, phân loại rác tại nguồn và không đốt rác ngoài đồng.",
            "Mỗi hộ được tặng một làn nhựa, hai thùng phân loại và sổ tay hướng dẫn làm phân hữu cơ từ rác nhà bếp.",
            "Ban Chủ nhiệm đặt mục tiêu đến hết năm giảm một nửa lượng túi ni lông dùng một lần trong các gia đình thành viên.",
        ],
        caption: "Lãnh đạo xã trao làn đi chợ cho các gia đình",
        author: "Phạm Thu Hằng",
    },
    Story {
        title: "Người giữ hồn tiếng trống quân bên sông",
        slug: "nguoi-giu-hon-tieng-trong-quan-ben-song",
        category: "Người tốt việc tốt",
        iso: "2024-07-27T16:20",
        lead: "Ở tuổi bảy mươi chín, nghệ nhân Vũ Văn Bằng vẫn tuần hai buổi sang sông dạy hát trống quân cho lớp trẻ, không nhận một đồng thù lao.",
        paragraphs: &[
            "Ông Bằng biết hát từ năm mười hai tuổi, theo cha đi khắp các hội làng ven sông. Có thời gian dài lối hát này tưởng đã mất hẳn vì chẳng còn ai theo học.",
            "Năm 2015, ông cùng bốn người bạn già lập lại phường hát. Lớp học đầu tiên chỉ có ba học trò, nay đã có hai mươi tám em theo học đều.",
            "Hội đồng nhân dân xã đã đưa việc truyền dạy hát trống quân vào kế hoạch hoạt động hằng năm của nhà văn hóa.",
        ],
        caption: "Nghệ nhân Vũ Văn Bằng bên chiếc trống của phường hát",
        author: "Đặng Minh Châu",
    },
    Story {
        title: "Thông báo lịch cắt nước để sửa chữa đường ống",
        slug: "thong-bao-lich-cat-nuoc-de-sua-chua-duong-ong",
        category: "Thông báo",
        iso: "2024-06-12T10:00",
        lead: "Nhà máy nước thông báo tạm ngừng cấp nước ở các thôn Thượng, Trung và Hạ trong ngày 15/6 để thay van và nối đường ống mới.",
        paragraphs: &[
            "Thời gian tạm ngừng từ 8 giờ đến 17 giờ; đề nghị các hộ chủ động tích trữ nước cho sinh hoạt trong ngày.",
        ],
        caption: "Công nhân nhà máy nước thay van ở thôn Thượng",
        author: "Trần Đức Long",
    },
];

/// The styles, and how each writes a date.
pub const STYLES: [(&str, &str); 6] = [
    ("nukeviet", "Thứ sáu - D/M/Y H:m"),
    ("wordpress", "D/M/Y"),
    ("liferay", "H:m D/M/Y"),
    ("sharepoint", "D/M/Y H:m h"),
    ("handmade", "Ngày đăng: D-M-Y"),
    ("newspaper", "D/M/Y - H:m"),
];

/// The page of a story in a style.
pub fn page(style: &str, number: usize) -> String {
    let template =
        std::fs::read_to_string(format!("{}/tests/fixtures/html/{style}.html", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let story = &STORIES[number];
    let paragraphs: String =
        story.paragraphs.iter().map(|text| format!("<p style=\"text-align: justify;\">{text}</p>\n")).collect();
    let bare = story.paragraphs.join("<BR><BR>\n");
    let others = || STORIES.iter().enumerate().filter(|(at, _)| *at != number);
    let related: String = others()
        .take(4)
        .map(|(at, other)| {
            format!(
                "<li><a href=\"/{}-{at}.html\">{}</a> <span>({})</span></li>\n",
                other.slug,
                other.title,
                date(other.iso, "D/M/Y")
            )
        })
        .collect();
    let stories: String = others()
        .take(3)
        .map(|(at, other)| {
            format!(
                "<article class=\"story\"><h4><a href=\"/{}-{at}.html\">{}</a></h4><p>{}</p></article>\n",
                other.slug, other.title, other.lead
            )
        })
        .collect();
    let sidebar: String = STORIES
        .iter()
        .take(3)
        .map(|other| format!("<li><a href=\"/{}.html\">{}</a></li>\n", other.slug, other.title))
        .collect();
    let format = STYLES.iter().find(|(name, _)| *name == style).unwrap().1;
    [
        ("{title}", story.title),
        ("{slug}", story.slug),
        ("{category}", story.category),
        ("{date}", &date(story.iso, format)),
        ("{iso}", &format!("{}:00+07:00", story.iso)),
        ("{lead}", story.lead),
        ("{body}", &paragraphs),
        ("{bare}", &bare),
        ("{caption}", story.caption),
        ("{author}", story.author),
        ("{related}", &related),
        ("{stories}", &stories),
        ("{sidebar}", &sidebar),
        ("{n}", &number.to_string()),
    ]
    .iter()
    .fold(template, |page, (name, value)| page.replace(name, value))
}

/// A date in a format of D, M, Y, H, m, and h for the half of the day in Vietnamese (SA, CH) with a clock of 12 hours.
fn date(iso: &str, format: &str) -> String {
    let (day, time) = iso.split_once('T').unwrap();
    let parts: Vec<&str> = day.split('-').collect();
    let (hour, minute) = time.split_once(':').unwrap();
    let hour: u32 = hour.parse().unwrap();
    let twelve = format.contains('h') && format.ends_with(" h");
    let shown = if twelve && hour > 12 { hour - 12 } else { hour };
    let body = format.strip_suffix(" h").unwrap_or(format);
    let (label, body) = body.split_once("Ngày đăng: ").map_or(("", body), |(_, rest)| ("Ngày đăng: ", rest));
    let (weekday, body) = body.split_once("Thứ sáu - ").map_or(("", body), |(_, rest)| ("Thứ sáu - ", rest));
    let digits =
        body.replace('D', parts[2]).replace('M', parts[1]).replace('Y', parts[0]).replace('H', &format!("{shown:02}"));
    let half = if !twelve {
        ""
    } else if hour >= 12 {
        " CH"
    } else {
        " SA"
    };
    format!("{label}{weekday}{}{half}", digits.replace('m', minute))
}
