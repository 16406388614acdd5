//! Code pages of DOS, as spreadsheets still write them ("CSV (MS-DOS)") and the web does not know them.

/// A code page of one byte to a letter, above ASCII.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CodePage {
    pub(super) name: &'static str,
    /// The letters of the bytes from 128 on.
    letters: &'static str,
}

impl CodePage {
    /// The page of that number.
    pub(super) fn numbered(number: &str) -> Option<&'static Self> {
        PAGES.iter().find(|page| page.name.strip_prefix("IBM") == Some(number))
    }

    /// The text; every byte is a letter or a sign.
    pub(super) fn decode(&self, bytes: &[u8]) -> String {
        let letters: Vec<char> = self.letters.chars().collect();
        let letter = |byte: u8| match byte.checked_sub(128) {
            Some(at) => letters.get(usize::from(at)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
            None => char::from(byte),
        };
        bytes.iter().map(|byte| letter(*byte)).collect()
    }
}

/// All pages.
pub(super) const PAGES: &[CodePage] = &[
    // Of the united states.
    CodePage {
        name: "IBM437",
        letters: concat!(
            "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐",
            "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
        ),
    },
    // Of western europe.
    CodePage {
        name: "IBM850",
        letters: concat!(
            "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐",
            "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
        ),
    },
    // Of central europe.
    CodePage {
        name: "IBM852",
        letters: concat!(
            "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐",
            "└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}",
        ),
    },
];

#[cfg(test)]
mod tests {
    use super::{CodePage, PAGES};

    #[test]
    fn each_page_has_a_letter_for_each_byte() {
        for page in PAGES {
            assert_eq!(page.letters.chars().count(), 128, "{}", page.name);
        }
        let read = |page: &str, bytes: &[u8]| CodePage::numbered(page).map(|page| page.decode(bytes));
        assert_eq!(read("850", b"M\x81nchen").as_deref(), Some("München"));
        assert_eq!(read("852", b"\x9d\xa2d\xab").as_deref(), Some("Łódź"));
        assert_eq!(read("437", b"M\x82rida").as_deref(), Some("Mérida"));
    }
}
