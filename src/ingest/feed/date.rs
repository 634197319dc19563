//! The moments of feeds.
//!
//! RSS wants RFC 822 ("Tue, 19 Nov 2024 10:47:00 +0700"), Atom ISO 8601; portals also write "GMT+7", "19/11/2024 10:47",
//! "19/11/2024 3:30:00 CH". A time without zone is Vietnam's.

use crate::article::{Date, Day};
use crate::ingest::finish;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date a feed writes; `None` when it is none.
pub(in crate::ingest) fn parse(text: &str) -> Option<Date> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = rfc_822(&text).or_else(|| Date::from_iso(&text)).or_else(|| half_day(&text));
    let found = found.or_else(|| finish::date("", &text).ok().flatten())?;
    // "19 Nov" is no date of the year 19.
    (found.day.ymd().0 >= 1900).then_some(Date { text, ..found })
}

/// `[Tue,] 19 Nov 2024 10:47[:00] [+0700]`, with the month's name in full too.
fn rfc_822(text: &str) -> Option<Date> {
    let rest = text.split_once(',').map_or(text, |(_, rest)| rest).trim();
    let mut words = rest.split(' ');
    let day: u32 = words.next()?.parse().ok()?;
    let name = words.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| name.starts_with(month))? + 1;
    let year: i32 = words.next()?.parse().ok()?;
    // Two figures: RFC 2822, section 4.3.
    let year = match year {
        0..=49 => year + 2000,
        50..=99 => year + 1900,
        _ => year,
    };
    Day::from_ymd(year, u32::try_from(month).ok()?, day)?;
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = words.next().and_then(|time| Date::from_iso(&format!("{date}T{}", two_figures(time))));
    let Some(local) = time.filter(|time| time.minute.is_some()) else { return Date::from_iso(&date) };
    let zone = words.collect::<Vec<_>>().join("");
    let minute = local.minute?;
    Date::from_iso(&format!("{date}T{:02}:{:02}{}", minute / 60, minute % 60, offset(&zone)))
}

/// `9:05:00` as `09:05:00`.
fn two_figures(time: &str) -> String {
    if time.find(':') == Some(1) { format!("0{time}") } else { time.to_owned() }
}

/// A zone as `+07:00`. Unknown ones are taken as Vietnam's.
fn offset(zone: &str) -> String {
    let name = zone.trim_start_matches("GMT").trim_start_matches("UTC");
    if let Some(sign @ ('+' | '-')) = name.chars().next() {
        let figures: String = name.chars().filter(char::is_ascii_digit).collect();
        let (hours, minutes) = match figures.len() {
            1 | 2 => (figures.as_str(), "00"),
            3 => figures.split_at(1),
            _ => (figures.get(..2).unwrap_or_default(), figures.get(2..4).unwrap_or("00")),
        };
        return format!("{sign}{hours:0>2}:{minutes:0>2}");
    }
    let hours = match zone {
        "GMT" | "UTC" | "UT" | "Z" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => 7,
    };
    format!("{}{:02}:00", if hours < 0 { '-' } else { '+' }, i32::abs(hours))
}

/// `19/11/2024 3:30[:00] CH`, `SA`, `PM`, `AM`: twelve hours with the half of the day.
fn half_day(text: &str) -> Option<Date> {
    let (rest, half) = text.rsplit_once(' ')?;
    let afternoon = match half.to_ascii_uppercase().as_str() {
        "CH" | "PM" => true,
        "SA" | "AM" => false,
        _ => return None,
    };
    let (date, time) = rest.rsplit_once(' ')?;
    let day = finish::date("", date).ok()??.day;
    let mut fields = time.split(':');
    let hour: u16 = fields.next()?.parse().ok().filter(|hour| *hour <= 12)?;
    let minute: u16 = fields.next()?.parse().ok().filter(|minute| *minute < 60)?;
    let hour = hour % 12 + if afternoon { 12 } else { 0 };
    let (year, month, day) = day.ymd();
    Date::from_iso(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn moments_of_feeds_are_read_in_each_usual_form() {
        for (text, iso) in [
            ("Tue, 19 Nov 2024 10:47:00 +0700", "2024-11-19T10:47+07:00"),
            ("Tue, 19 Nov 2024 10:47:00 GMT+7", "2024-11-19T10:47+07:00"),
            ("Tue, 19 Nov 2024 10:47:00 GMT +07:00", "2024-11-19T10:47+07:00"),
            ("Tue, 19 Nov 2024 20:47:00 GMT", "2024-11-20T03:47+07:00"),
            ("Tue, 19 Nov 2024 20:47:00 -0530", "2024-11-20T09:17+07:00"),
            ("19 November 24 9:05", "2024-11-19T09:05+07:00"),
            ("Tue, 19 Nov 1996 03:00:00 PST", "1996-11-19T18:00+07:00"),
            ("19 Nov 2024", "2024-11-19"),
            ("2024-11-19T10:47:00+07:00", "2024-11-19T10:47+07:00"),
            ("2024-11-19T03:47:00.123Z", "2024-11-19T10:47+07:00"),
            ("19/11/2024 10:47", "2024-11-19T10:47+07:00"),
            ("19/11/2024 3:30:00 CH", "2024-11-19T15:30+07:00"),
            ("19/11/2024 12:05 SA", "2024-11-19T00:05+07:00"),
            ("Thứ Ba, 19/11/2024", "2024-11-19"),
            ("  Tue,\n 19 Nov 2024  10:47:00 +0700 ", "2024-11-19T10:47+07:00"),
        ] {
            assert_eq!(parse(text).map(|date| date.iso()).as_deref(), Some(iso), "{text}");
        }
        assert_eq!(parse("Tue, 19 Nov 2024 10:47:00 +0700").unwrap().text, "Tue, 19 Nov 2024 10:47:00 +0700");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "hôm qua", "Tue, 31 Feb 2024 10:00:00 +0700", "19 Nov", ", ", "32 Nov 2024", "0 0 0 CH", "é é é é"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
