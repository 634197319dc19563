use super::*;
use proptest::prelude::*;

/// The tree as brackets: `div(p("a") p("b"))`.
fn shape(html: &str) -> String {
    let tree = Tree::parse(html);
    let mut out = String::new();
    let mut open: Vec<Id> = Vec::new();
    for id in 1..tree.len() {
        while open.last().is_some_and(|&last| tree.end(last) <= id) {
            open.pop();
            out.push(')');
        }
        if !out.is_empty() && !out.ends_with('(') {
            out.push(' ');
        }
        if tree.tag(id) == Tag::Text {
            out.push_str(&format!("{:?}", tree.own_text(id)));
            continue;
        }
        out.push_str(&tree.name(id).to_ascii_lowercase());
        if tree.end(id) > id + 1 {
            out.push('(');
            open.push(id);
        }
    }
    out + &")".repeat(open.len())
}

#[test]
fn elements_end_those_they_end_in_browsers() {
    for (html, wanted) in [
        ("<p>a<p>b", r#"p("a") p("b")"#),
        ("<p><b>a<div>b</div>", r#"p(b("a")) div("b")"#),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", r#"ul(li("a" ul(li("b"))) li("c"))"#),
        ("<table><tr><td>a<td>b<tr><td>c</table>d", r#"table(tr(td("a") td("b")) tr(td("c"))) "d""#),
        ("<div><table><tr><td></div>a</table>b</div>", r#"div(table(tr(td("a"))) "b")"#),
        ("<b><p>a</b>b</p>c", r#"b(p("a" "b") "c")"#),
        ("<a href=1>a<a href=2>b", r#"a("a") a("b")"#),
        ("a<br>b</br>c<hr/>", r#""a" br "b" br "c" hr"#),
        ("<DIV CLASS=x>a</dIv>b", r#"div("a") "b""#),
    ] {
        assert_eq!(shape(html), wanted, "{html}");
    }
}

#[test]
fn raw_text_comments_and_declarations_hold_no_elements() {
    for (html, wanted) in [
        ("<!doctype html><!-- <p>a --><?xml x?><p>b", r#"p("b")"#),
        ("<script>if (a < b) '<p>'</script>c", r#"script "c""#),
        ("<style>p{}</STYLE >c", r#"style "c""#),
        ("<!-->a", r#""a""#),
        ("<title>a<b></title>c", r#"title "c""#),
        ("a < b <3 </ x>c", r#""a " "<" " b " "<" "3 " "c""#),
    ] {
        assert_eq!(shape(html), wanted, "{html}");
    }
    assert_eq!(Tree::parse("<title>Tin &amp; b&agrave;i</title>").own_text(1), "Tin & bài");
}

#[test]
fn attributes_are_read_however_they_are_quoted() {
    let tree = Tree::parse("<a HREF='x y' title=\"a&quot;b\" k=v/w onclick=alert(1) hidden>t</a>");
    assert_eq!(tree.attribute(1, "href"), Some("x y"));
    assert_eq!(tree.attribute(1, "title"), Some("a\"b"));
    assert_eq!(tree.attribute(1, "k"), Some("v/w"));
    assert_eq!((tree.attribute(1, "hidden"), tree.attribute(1, "onclick")), (Some(""), None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_markup_gives_a_tree_whose_nodes_lie_in_their_parents(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "<p>", "</p>", "<div class=a>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<li>", "<ul>", "</ul>",
                "<a href='", "'>", "\"", "<!--", "-->", "<script>", "</script>", "<b", ">", "ạ", "&", "&amp", "</", "<",
                "<title>", "<br/>", "=", " ", "<svg/>", "<textarea>",
            ]),
            0..60,
        )
    ) {
        let html = parts.concat();
        let tree = Tree::parse(&html);
        for id in 1..tree.len() {
            let parent = tree.parent(id).unwrap();
            prop_assert!(parent < id && tree.end(id) <= tree.end(parent) && tree.end(id) > id);
        }
    }
}
