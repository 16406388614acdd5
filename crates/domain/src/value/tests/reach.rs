//! Ways to reach people: what is taken, and what is refused with a word on what would be right.

use crate::value::{EmailAddress, InvalidValue, PhoneNumber, WebAddress};

#[test]
fn an_e_mail_address_of_any_script_is_taken_and_its_domain_made_lower_case() {
    for (text, kept) in [
        ("anna@example.org", "anna@example.org"),
        ("Anna.O'Neill+desk@Example.ORG", "Anna.O'Neill+desk@example.org"),
        ("info@münchen.example", "info@münchen.example"),
        ("info@xn--mnchen-3ya.example", "info@xn--mnchen-3ya.example"),
        ("θσερ@παράδειγμα.ελ", "θσερ@παράδειγμα.ελ"),
        ("用户@例子.广告", "用户@例子.广告"),
        ("иван@пример.рф", "иван@пример.рф"),
        ("अजय@डाटा.भारत", "अजय@डाटा.भारत"),
        ("null@example.org", "null@example.org"),
    ] {
        assert_eq!(EmailAddress::new(text).expect(text).as_str(), kept);
    }
    let folded = EmailAddress::new("Anna@Example.org").expect("an address").folded();
    assert_eq!(folded, "anna@example.org");
}

#[test]
fn what_is_no_e_mail_address_is_refused() {
    for text in [
        "anna",
        "@example.org",
        "anna@",
        "anna@example",
        "anna@@example.org",
        "a b@example.org",
        "\"a b\"@example.org",
        ".anna@example.org",
        "anna.@example.org",
        "an..na@example.org",
        "anna@-example.org",
        "anna@example-.org",
        "anna@exa_mple.org",
        "anna@.org",
        "anna@example.org.",
        "anna@[192.0.2.1]",
        "anna@192.0.2.1",
        "anna@example.org\r\nBcc: all@example.org",
        "anna@example.org\n",
        "Anna <anna@example.org>",
        "anna@exаmple.org",
        "an\u{200b}na@example.org",
        "an\u{202e}na@example.org",
        "anna(desk)@example.org",
        "anna@example.123",
        "a,b@example.org",
    ] {
        let refusal = EmailAddress::new(text).expect_err(text);
        assert_eq!(refusal.expected(), "an e-mail address such as anna@example.org", "{text}");
    }
    assert_eq!(EmailAddress::new(""), Err(InvalidValue::Empty));
    let long = format!("{}@example.org", "a".repeat(65));
    assert!(EmailAddress::new(&long).is_err());
    assert!(EmailAddress::new(&format!("a@{}example.org", "b.".repeat(130))).is_err());
}

#[test]
fn a_phone_number_is_kept_as_the_world_dials_it() {
    for text in [
        "+44 121 496 0000",
        "+44 (0)121 496 0000",
        "0044 121 496-0000",
        "+44.121.496.0000",
        "+44/121/4960000",
        "(+44) 121 496 0000",
        "\u{202a}+44 121 496 0000\u{202c}",
    ] {
        assert_eq!(PhoneNumber::new(text).expect(text).as_str(), "+441214960000");
    }
}

#[test]
fn a_number_without_its_country_is_refused_and_not_guessed() {
    for text in [
        "0121 496 0000",
        "121 496 0000",
        "+0121 496 0000",
        "+44",
        "+44121496000012345",
        "+44 121 CALL",
        "+",
        "00",
        "++441214960000",
        "+44 121 496 0000 ext. 5",
        "+４４１２１４９６００００",
    ] {
        let refusal = PhoneNumber::new(text).expect_err(text);
        assert_eq!(refusal.expected(), "a number with its country, such as +44 121 496 0000", "{text}");
    }
    assert_eq!(PhoneNumber::new(" "), Err(InvalidValue::Empty));
}

#[test]
fn the_address_of_a_page_has_a_host_by_name_and_no_user() {
    for text in
        ["https://www.example.org", "http://example.org:8080/a?b=c#d", "https://münchen.example/städte"]
    {
        assert_eq!(WebAddress::new(text).expect(text).as_str(), text);
    }
    for text in [
        "www.example.org",
        "javascript:alert(1)",
        "https://",
        "https://localhost",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://user@example.org",
        "https://user:pass@example.org",
        "https://example.org:0",
        "https://example.org:99999",
        "https://example.org/<script>",
        "https://example.org/a b",
        "ftp://example.org",
    ] {
        assert!(WebAddress::new(text).is_err(), "{text}");
    }
    assert_eq!(WebAddress::new(""), Err(InvalidValue::Empty));
}
