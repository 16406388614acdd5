//! The names of months, weekdays and eras in the languages of the lists.
//!
//! Written as [`fold`](super::fold::fold) leaves them; a name that means different months in two languages is left out.

/// The names of the months, joined by spaces: in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Slovak,
/// Swedish, Danish, Norwegian, Finnish, Hungarian, Turkish, Romanian, Russian, Ukrainian, Greek, Lithuanian, Latvian, Estonian.
const MONTHS: [&str; 12] = [
    "january jan januar janner janvier janv enero ene gennaio gen janeiro januari stycznia styczen ledna leden januara \
     tammikuuta tammikuu januar jan ocak ianuarie января январь января січня січень ιανουαριου ιανουαριοσ ιαν sausio sausis janvaris jaanuar",
    "february feb febr februar fevrier fevr fev febrero febbraio febb fevereiro februari lutego luty unora unor februara \
     helmikuuta helmikuu subat februarie февраля февраль лютого лютии φεβρουαριου φεβρουαριοσ φεβ vasario vasaris februaris veebruar",
    "march mar marz maerz mars marzo marco maart mrt marca marzec brezna brezen marec maaliskuuta maaliskuu marcius mart \
     martie марта март березня березень μαρτιου μαρτιοσ kovo kovas marts marts",
    "april apr avril avr abril abr aprile kwietnia kwiecien dubna duben aprila huhtikuuta huhtikuu aprilis nisan aprilie \
     апреля апрель квітня квітень απριλιου απριλιοσ απρ balandzio balandis aprill",
    "may mai mayo maggio mag maio mei maja maj kvetna kveten maja toukokuuta toukokuu majus mayis mayıs мая маи травня травень μαιου μαιοσ \
     geguzes geguze maijs",
    "june jun juni juin junio giugno giu junho juni czerwca czerwiec cervna cerven juna kesakuuta kesakuu junius haziran \
     iunie июня июнь червня червень ιουνιου ιουνιοσ birzelio birzelis junijs juuni",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec cervence cervenec jula heinakuuta heinakuu julius temmuz \
     iulie июля июль липня липень ιουλιου ιουλιοσ liepos liepa julijs juuli",
    "august aug aout agosto ago augustus sierpnia sierpien srpna srpen augusta elokuuta elokuu augusztus augustusz agustos \
     augusti августа август серпня серпень αυγουστου αυγουστοσ rugpjucio rugpjutis augusts",
    "september sep sept septembre septiembre setiembre settembre set setembro wrzesnia wrzesien zari septembra syyskuuta syyskuu \
     szeptember eylul septembrie сентября сентябрь вересня вересень σεπτεμβριου σεπτεμβριοσ rugsejo rugsejis septembris",
    "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika pazdziernik rijna rijen oktobra lokakuuta \
     lokakuu ekim octombrie октября октябрь жовтня жовтень οκτωβριου οκτωβριοσ spalio spalis oktobris oktoober",
    "november nov novembre noviembre novembro listopada listopadu listopad novembra marraskuuta marraskuu kasim kasım \
     noiembrie ноября ноябрь листопада листопад νοεμβριου νοεμβριοσ lapkricio lapkritis novembris",
    "december dec dezember dez decembre diciembre dic dicembre dezembro grudnia grudzien prosince prosinec decembra joulukuuta \
     joulukuu aralik aralık decembrie декабря декабрь грудня грудень δεκεμβριου δεκεμβριοσ gruodzio gruodis decembris detsember",
];

/// The month, from 1, that a folded word names. Greek words may end in either sigma.
pub(crate) fn month(word: &str) -> Option<u32> {
    let word = word.replace('ς', "σ");
    let at = MONTHS.iter().position(|names| names.split_whitespace().any(|name| name == word))?;
    u32::try_from(at + 1).ok()
}

/// The month that a Roman numeral names: `10.IX.1985`. Only as capitals.
pub(crate) fn roman_month(word: &str) -> Option<u32> {
    const NUMERALS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    NUMERALS.iter().position(|numeral| *numeral == word).and_then(|at| u32::try_from(at + 1).ok())
}

/// Weekdays, which say nothing beside a date.
pub(crate) const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi samedi \
    dimanche lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi sabato domenica \
    poniedzialek wtorek sroda czwartek piatek sobota niedziela maandag dinsdag woensdag donderdag vrijdag zaterdag zondag";

/// The seasons and quarters, which say when in a year.
pub(crate) const SEASONS: &str = "spring summer autumn fall winter fruhjahr fruhling sommer herbst printemps ete automne hiver primavera verano \
    otono invierno estate autunno inverno wiosna lato jesien zima wiosna wiosny lata jesieni zimy var sommar host vinter voorjaar zomer \
    najaar herfst q1 q2 q3 q4 quarter quartal trimestre half halbjahr semestre h1 h2 early mid late anfang mitte ende debut \
    milieu fin inicios mediados finales poczatek polowa koniec inizio fine metà begin eind beginning end";

/// The first year of an era, less one: `昭和48年` is 1973.
pub(crate) const ERAS: [(&str, i32); 8] = [
    ("明治", 1867),
    ("大正", 1911),
    ("昭和", 1925),
    ("平成", 1988),
    ("令和", 2018),
    ("民國", 1911),
    ("民国", 1911),
    ("中華民國", 1911),
];

/// A date in Chinese, Japanese or Korean signs as numbers: `昭和48年4月1日`, `1973年5月6日`, `1973년 5월 6일`.
pub(crate) fn in_signs(text: &str) -> Option<(i32, Option<u32>, Option<u32>)> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (years, rest) = compact.split_once(['年', '년'])?;
    let era = ERAS.iter().filter_map(|(era, before)| Some((years.strip_prefix(era)?, *before)));
    let year = match era.min_by_key(|(rest, _)| rest.len()) {
        Some(("元", before)) => before + 1,
        Some((number, before)) => {
            before + number.parse::<i32>().ok().filter(|year| (1..=99).contains(year))?
        }
        None => years.parse::<i32>().ok().filter(|_| years.len() == 4)?,
    };
    if rest.is_empty() {
        return Some((year, None, None));
    }
    let (months, rest) = rest.split_once(['月', '월'])?;
    let month = months.parse().ok()?;
    if rest.is_empty() {
        return Some((year, Some(month), None));
    }
    let day = rest.strip_suffix(['日', '일'])?.parse().ok()?;
    Some((year, Some(month), Some(day)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::import::cells::fold::fold;

    #[test]
    fn each_name_is_folded_and_means_one_month() {
        let mut seen = BTreeMap::new();
        for (at, names) in MONTHS.iter().enumerate() {
            for name in names.split_whitespace() {
                assert_eq!(name.replace('ς', "σ"), fold(name).replace('ς', "σ"));
                assert_eq!(*seen.entry(name).or_insert(at), at, "{name}");
            }
        }
    }

    #[test]
    fn eras_and_signs_are_read() {
        assert_eq!(in_signs("昭和48年4月1日"), Some((1973, Some(4), Some(1))));
        assert_eq!(in_signs("平成元年"), Some((1989, None, None)));
        assert_eq!(in_signs("1973年5月6日"), Some((1973, Some(5), Some(6))));
        assert_eq!(in_signs("1973년 5월"), Some((1973, Some(5), None)));
        assert_eq!(in_signs("民國62年"), Some((1973, None, None)));
        assert_eq!(in_signs("五年"), None);
    }
}
