//! How offices title their columns: for each kind of file and each field the wordings, in several languages.
//!
//! Each is folded as [`fold`](super::fold::fold) does it; a test holds the tables to that, and to meaning one field each.

use sister_cities_domain::import_run::ImportContent;

use super::fields::Field;

/// Fields with their wordings: folded, joined by ` | `.
type Wordings = &'static [(Field, &'static str)];

/// The wordings for one kind of file.
pub(crate) fn wordings(content: ImportContent) -> Wordings {
    match content {
        ImportContent::Engagements => ENGAGEMENTS,
        ImportContent::Coverage => COVERAGE,
        ImportContent::Persons => PERSONS,
        // Content added later reads like a list of partners until it says otherwise.
        ImportContent::Partnerships | _ => PARTNERSHIPS,
    }
}

const PLACE: &str = "place | city | name | town | municipality | partner | partner city | partner place \
     | partner town | sister city | sister | twin | twin town | twin city | twinned with | city name \
     | name of city | city and country | city country | counterpart | cities | stadt | ort | gemeinde \
     | kommune | partnerstadt | partnergemeinde | name der stadt | stadt land | ville | commune \
     | ville jumelee | ville jumelle | ville partenaire | collectivite | partenaire | nom | ciudad \
     | municipio | ciudad hermana | ciudad hermanada | localidad | nombre | citta | comune \
     | citta gemellata | miasto | miasto partnerskie | miasto siostrzane | cityname | cidade | cidade irma | localita | ente | plaats \
     | gemeinde stadt | kraj miasto | misto | gorod | 都市名 | 姉妹都市 | 姉妹都市名 | 市 | 도시 | 도시명 | 자매도시 | sehir | kardes sehir | by | stad \
     | vanort | kaupunki | varos | oras | grad | mesto | partnerske mesto | miestas | pilseta | linn | город | місто | πολη | עיר | 都市 | 城市 \
     | 城市名称 | 友好城市 | 姐妹城市 | 姊妹市 | vanskapsby | venskabsby | ystavyyskaupunki | testvervaros";
const COUNTRY: &str = "country | nation | state country | country name | land | staat | pays | pais | paese | stato \
     | kraj | panstwo | countryname | land staat | zeme | stat | ulke | maa | orszag | tara | drzava | salis | valsts | riik | страна | краіна | χωρα | מדינה \
     | 国 | 国名 | 国家 | 国别 | 國家 | 國名 | 국가 | 나라";
const COUNTRY_CODE: &str = "country code | countrycode | iso | iso code | iso 3166 | iso country | cc | landercode \
     | landerkennung | landerkurzel | landeskennzeichen | code pays | codigo pais | codigo de pais \
     | iso2 | alpha 2 | cca2";
const GEONAMES: &str =
    "geonameid | geonames | geonames id | geoname id | geonamesid | geo id | geonames number";
const SOURCES: &str = "source | sources | reference | references | evidence | url | link | quelle | quellen | beleg \
     | nachweis | fuente | fuentes | fonte | fonti | zrodlo | zrodla";
const NOTES: &str = "note | notes | remark | remarks | comment | comments | anmerkung | anmerkungen | bemerkung \
     | bemerkungen | kommentar | remarque | remarques | commentaire | nota | notas | observaciones \
     | observations | observation | remarques et observations | uwagi | poznamka | poznamky | opmerkingen | note e osservazioni \
     | osservazioni | observacoes | 備考 | 비고";
const PRECISION: &str = "date precision | precision | genauigkeit | exactitude";

const PARTNERSHIPS: Wordings = &[
    (Field::Place, PLACE),
    (Field::Country, COUNTRY),
    (Field::CountryCode, COUNTRY_CODE),
    (Field::GeonamesId, GEONAMES),
    (
        Field::Kind,
        "kind | type | agreement type | type of agreement | agreement | relationship | relationship type \
     | kind of link | link type | status of link | category | form | art | art der partnerschaft \
     | art der beziehung | typ | form der partnerschaft | kategorie | type d accord | type de lien \
     | nature | categorie | tipo | tipo de acuerdo | clase | categoria | rodzaj | druh | tip | tipas | tipus \
     | tur | veids | тип | вид | 種別 | 구분 | 类型",
    ),
    (
        Field::Signed,
        "signed | year | year signed | since | since year | established | est | date | year established \
     | date established | agreement year | agreement date | start | start year | start date | founded \
     | joined | twinned since | twinned | year of signing | year twinned | partner since \
     | signing year | jahr | seit | beginn | abschluss | grundung | partnerschaft seit \
     | unterzeichnet | datum | vertragsjahr | jahr der unterzeichnung | annee | depuis \
     | date de signature annee | annee de signature | signe en | annee de jumelage | ano | desde \
     | ano de firma | fecha | anno | dal | rok | od | 提携年 | 提携年月日 | 締結日 | 締結 | 締結年 | 체결일 | tarih | yil \
     | sinds | sedan | siden | vuodesta | nuo | kezdete | ev | an | din | од | год | рік | 年",
    ),
    (
        Field::SignedOn,
        "date signed | signed on | signing date | date of signing | date of agreement | exact date \
     | signature date | unterzeichnet am | datum der unterzeichnung | vertragsdatum \
     | date de signature | signe le | fecha de firma | fecha firma | data firma",
    ),
    (Field::Precision, PRECISION),
    (
        Field::Status,
        "status | status today | current status | state | zustand | aktueller status | statut | etat \
     | estado | situacion | stan",
    ),
    (
        Field::StatusSince,
        "status since | since status | status date | date of status | status seit | statut depuis \
     | estado desde",
    ),
    (
        Field::StatusAuthority,
        "status authority | authority | decided by | suspended by | beschlossen von | decide par \
     | decidido por",
    ),
    (Field::StatusCondition, "status condition | condition | until | bedingung | condicion"),
    (Field::StatusSource, "status source | source of status | quelle zum status"),
    (Field::Sources, SOURCES),
    (Field::Notes, NOTES),
];

const ENGAGEMENTS: Wordings = &[
    (Field::Place, PLACE),
    (Field::Country, COUNTRY),
    (Field::CountryCode, COUNTRY_CODE),
    (Field::GeonamesId, GEONAMES),
    (
        Field::Date,
        "date | when | start | start date | from | begin | begins | first day | date from | day | month \
     | year | datum | beginn | von | wann | jahr | debut | du | date de debut | annee | fecha \
     | inicio | fecha de inicio | desde | data | kiedy",
    ),
    (
        Field::EndDate,
        "end date | end | to | until | last day | date to | ends | ende | bis | fin | au | date de fin \
     | fecha de fin | hasta | do",
    ),
    (Field::Precision, PRECISION),
    (
        Field::Direction,
        "direction | in out | inbound outbound | way | richtung | sens | direccion | sentido | kierunek",
    ),
    (
        Field::Focus,
        "focus | foci | focus area | focus areas | field | theme | themes | topic | area | category \
     | sector | thema | themen | bereich | schwerpunkt | theme principal | domaine | domaines | tema \
     | temas | ambito | temat",
    ),
    (
        Field::Title,
        "title | activity | event | what | description | exchange | subject | engagement | summary \
     | titel | aktivitat | veranstaltung | beschreibung | massnahme | titre | activite | evenement \
     | intitule | titulo | actividad | evento | descripcion | tytul",
    ),
    (
        Field::Participants,
        "participants | people | number of participants | attendance | attendees | delegates | number \
     | teilnehmer | teilnehmerzahl | personen | teilnehmende | nombre de participants | personnes \
     | participantes | asistentes | uczestnicy",
    ),
    (
        Field::Organisations,
        "organisations | organizations | organisation | organization | partners \
     | participating organisations | organiser | organizer | hosts | organisationen | veranstalter \
     | beteiligte | organismes | organisateur | organizaciones | entidades | organizacje",
    ),
    (
        Field::Outcome,
        "outcome | outcomes | result | results | ergebnis | ergebnisse | resultat | resultats | resultado \
     | resultados",
    ),
    (
        Field::Cost,
        "cost | costs | budget | amount | kosten | betrag | cout | couts | montant | coste | costo \
     | importe",
    ),
    (Field::Happening, "happening | held | took place | stattgefunden | realise | realizado"),
    (Field::Sources, SOURCES),
    (Field::Notes, NOTES),
];

const COVERAGE: Wordings = &[
    (Field::Place, PLACE),
    (Field::Country, COUNTRY),
    (Field::CountryCode, COUNTRY_CODE),
    (Field::GeonamesId, GEONAMES),
    (Field::From, "from | complete from | since | start | von | seit | de | du | depuis | desde | od"),
    (Field::To, "to | complete to | until | end | bis | au | jusqu a | jusqu au | hasta | do"),
    (Field::Sources, SOURCES),
    (Field::Notes, NOTES),
];

const PERSONS: Wordings = &[
    (
        Field::Name,
        "name | full name | contact | contact name | person | display name | vollstandiger name | name der person | anzeigename \
         | kontakt | ansprechpartner | nom complet | nombre completo | nome completo | imie i nazwisko",
    ),
    (Field::GivenName, "given name | first name | forename | vorname | prenom | nombre | nome | imie"),
    (
        Field::FamilyName,
        "family name | last name | surname | nachname | familienname | nom de famille | apellido | apellidos | cognome | nazwisko",
    ),
    (Field::LatinName, "latin name | name in latin letters | romanised name | transliteration"),
    (
        Field::OtherNames,
        "other names | other name | nickname | maiden name | birth name | geburtsname | spitzname | alias",
    ),
    (Field::Pronunciation, "pronunciation | phonetic | aussprache"),
    (Field::FormOfAddress, "form of address | salutation | honorific | anrede | civilite | tratamiento"),
    (
        Field::Email,
        "email | e mail | mail | email address | e mail address | e mail 1 | email 1 | e mail 2 | email 2 | primary email \
         | secondary email | e mail adresse | courriel | correo | correo electronico | adres e mail",
    ),
    (
        Field::Phone,
        "phone | telephone | tel | phone number | mobile | mobile phone | cell | work phone | home phone | telefon | handy \
         | telefonnummer | mobil | telefono | movil | telefon komorkowy",
    ),
    (
        Field::Post,
        "post | address | postal address | street | street address | zip | zip code | postcode | postal code | city | town | country \
         | adresse | anschrift | strasse | plz | ort | land | rue | code postal | ville | pays | direccion | calle | ciudad | pais | ulica | kod pocztowy | miasto",
    ),
    (
        Field::Organisations,
        "organisations | organisation | organization | company | employer | institution | firma | einrichtung | entreprise \
         | organisme | empresa | organizacion | organizacja",
    ),
    (
        Field::Position,
        "position | title | job title | function | office | role | funktion | amt | titel | fonction | poste | cargo | stanowisko",
    ),
    (
        Field::Languages,
        "languages | language | sprache | sprachen | langue | langues | idioma | idiomas | jezyk",
    ),
    (Field::Zone, "zone | time zone | timezone | zeitzone | fuseau horaire"),
    (Field::Sources, SOURCES),
    (Field::Notes, NOTES),
];
