//! Two programmes of one installation, partners of each other: each sees its own side and what is shared, nothing else.

use serde_json::json;
use sister_cities_api::agreement::{CreateAgreement, ListAgreements, ListAgreementsQuery};
use sister_cities_api::engagement::{
    CreateEngagement, EngagementPath, GetEngagement, ListEngagements, ListEngagementsQuery, ReplaceEngagement,
};
use sister_cities_api::organisation::CreateOrganisation;
use sister_cities_api::partnership::{
    CreatePartnership, GetPartnership, ListPartnerships, ListPartnershipsQuery, PartnershipPath,
};
use sister_cities_api::place::CreatePlace;
use sister_cities_api::practice::{CreateAdoption, CreatePractice, ListAdoptionsQuery, ListLearning};
use sister_cities_api::programme::{CreateProgramme, ProgrammePath};
use sister_cities_api::sharing::{
    GetLink, GetShare, LinkPath, LinkState, ListLinks, ListLinksQuery, ListReceived, ListReceivedQuery,
    ListShares, ListSharesQuery, MakeLink, RenewShare, SharePath, ShareRecord, WithdrawLink, WithdrawShare,
};
use sister_cities_api::{NoBody, NoParameters, PageLimit, ProblemKind, RecordQuery};
use sister_cities_domain::access::Scope;
use sister_cities_domain::id::{LinkId, PartnershipId, ProgrammeId};

use super::site::{Site, request};
use super::story::{Teller, body, chicago};

/// Another programme that keeps a bond with Chicago.
pub(super) struct Peer {
    programme: ProgrammeId,
    partnership: PartnershipId,
}

impl Peer {
    pub(super) async fn new(site: &Site) -> Self {
        let mut theirs = chicago();
        theirs["name"] = json!("Birmingham International");
        let made = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&theirs)).await;
        let path = ProgrammePath { programme: made.id };
        let city = json!({ "names": [{ "text": "Chicago, as we call it", "role": "official" }] });
        let city = site.ask::<CreatePlace>(&path, &NoParameters, &body(&city)).await;
        let bond =
            json!({ "members": [made.host, city.id], "episode": { "kind": "sister-city", "began": [] } });
        let bond = site.ask::<CreatePartnership>(&path, &NoParameters, &body(&bond)).await;
        Self { programme: made.id, partnership: bond.id }
    }

    fn path(&self) -> ProgrammePath {
        ProgrammePath { programme: self.programme }
    }

    async fn link_to(&self, site: &Site, programme: ProgrammeId) -> LinkId {
        let link = json!({ "peer": programme, "partnership": self.partnership });
        site.ask::<MakeLink>(&self.path(), &NoParameters, &body(&link)).await.id
    }
}

/// The part of the story of a programme that is about sharing.
pub(super) async fn tell(teller: &mut Teller<'_>, programme: ProgrammeId, partnership: PartnershipId) {
    let peer = Peer::new(teller.site).await;
    let of_programme = ProgrammePath { programme };
    let link = json!({ "peer": peer.programme, "partnership": partnership });
    let (link, got) = teller.say::<MakeLink>(&of_programme, &NoParameters, &body(&link)).await;
    assert_eq!(link.state, LinkState::Offered);
    let link_tag = got.etag();
    peer.link_to(teller.site, programme).await;
    let path = LinkPath { programme, link: link.id };
    let (link, _) = teller.say::<GetLink>(&path, &NoParameters, &NoBody).await;
    assert_eq!(link.peer_name.map(|name| name.to_string()).as_deref(), Some("Birmingham International"));
    teller.say::<ListLinks>(&of_programme, &ListLinksQuery::default(), &NoBody).await;
    let visits =
        teller.site.ask::<ListEngagements>(&of_programme, &ListEngagementsQuery::default(), &NoBody).await;
    let share =
        json!({ "link": link.id, "engagement": visits.items[0].id, "title": "The workforce session" });
    let (share, got) = teller.say::<ShareRecord>(&of_programme, &NoParameters, &body(&share)).await;
    let shared = SharePath { programme, share: share.id };
    teller.say::<GetShare>(&shared, &NoParameters, &NoBody).await;
    teller.say::<ListShares>(&of_programme, &ListSharesQuery::default(), &NoBody).await;
    teller.say::<ListReceived>(&path, &ListReceivedQuery::default(), &NoBody).await;
    let got = teller.change::<RenewShare>(&shared, got.etag(), &body(&json!({}))).await;
    teller.change::<WithdrawShare>(&shared, got.etag(), &NoBody).await;
    teller.change::<WithdrawLink>(&path, link_tag, &NoBody).await;
}

/// Chicago with a bond, a visit and an agreement, and its peer, both linked.
struct Pair {
    site: Site,
    peer: Peer,
    ours: ProgrammePath,
    partnership: PartnershipId,
    visit: sister_cities_domain::id::EngagementId,
    link: LinkId,
    theirs: LinkId,
}

impl Pair {
    async fn new() -> Self {
        let site = Site::new().await;
        let peer = Peer::new(&site).await;
        let made = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await;
        let ours = ProgrammePath { programme: made.id };
        let city = json!({ "names": [{ "text": "Birmingham", "role": "official" }], "country": "GB" });
        let city = site.ask::<CreatePlace>(&ours, &NoParameters, &body(&city)).await;
        let bond =
            json!({ "members": [made.host, city.id], "episode": { "kind": "sister-city", "began": [] } });
        let partnership = site.ask::<CreatePartnership>(&ours, &NoParameters, &body(&bond)).await.id;
        let visit = json!({ "partnership": partnership, "title": "Secret Canary", "foci": ["culture"],
            "direction": "outbound", "start": "2008-06", "outcomes": ["Secret Canary"], "source": "Secret Canary",
            "participants": [{ "side": "host", "role": "artist", "people": 6 }],
            "organisations": [{ "name": "Secret Canary", "side": "host", "representatives": ["Secret Canary"] }],
            "notes": [{ "text": "Secret Canary" }], "costs": [{ "party": "Secret Canary", "amount": "77.00 USD" }] });
        let visit = site.ask::<CreateEngagement>(&ours, &NoParameters, &body(&visit)).await.id;
        let link = json!({ "peer": peer.programme, "partnership": partnership });
        let link = site.ask::<MakeLink>(&ours, &NoParameters, &body(&link)).await.id;
        let theirs = peer.link_to(&site, ours.programme).await;
        Self { site, peer, ours, partnership, visit, link, theirs }
    }

    async fn share(&self) -> sister_cities_api::sharing::ShareView {
        let share = json!({ "link": self.link, "engagement": self.visit, "title": "A concert" });
        self.site.ask::<ShareRecord>(&self.ours, &NoParameters, &body(&share)).await
    }

    /// What the peer is shown, as bytes.
    async fn received(&self) -> String {
        let path = LinkPath { programme: self.peer.programme, link: self.theirs };
        self.site.send(&request::<ListReceived>(&path, &ListReceivedQuery::default(), &NoBody)).await.text()
    }
}

#[tokio::test]
async fn what_is_shared_is_seen_as_it_was_told_and_nothing_that_names_somebody() {
    let pair = Pair::new().await;
    assert_eq!(pair.received().await, r#"{"items":[]}"#);
    let share = pair.share().await;
    let seen = pair.received().await;
    assert!(
        seen.contains("A concert") && seen.contains("\"people\":6") && seen.contains("2008-06"),
        "{seen}"
    );
    assert!(!seen.contains("Canary") && !seen.contains("77"), "{seen}");

    // Later changes are told when somebody tells them.
    let path = EngagementPath { programme: pair.ours.programme, engagement: pair.visit };
    let read = pair.site.send(&request::<GetEngagement>(&path, &RecordQuery::default(), &NoBody)).await;
    let other = json!({ "partnership": pair.partnership, "title": "Secret Canary", "foci": ["sports"],
        "direction": "outbound" });
    let change = request::<ReplaceEngagement>(&path, &NoParameters, &body(&other)).if_match(read.etag());
    assert_eq!(pair.site.send(&change).await.status, 200);
    assert_eq!(pair.received().await, seen);
    let shared = SharePath { programme: pair.ours.programme, share: share.id };
    let read = pair.site.send(&request::<GetShare>(&shared, &NoParameters, &NoBody)).await;
    let view = read.reply::<GetShare>();
    assert_eq!((view.told_revision, view.record_revision), (1, 2));
    let renew = request::<RenewShare>(&shared, &NoParameters, &body(&json!({ "title": "A match" })));
    let renewed = pair.site.send(&renew.if_match(read.etag())).await;
    assert_eq!(renewed.status, 200, "{}", renewed.text());
    let seen = pair.received().await;
    assert!(seen.contains("A match") && seen.contains("sports") && !seen.contains("culture"), "{seen}");

    // And gone at once.
    let withdraw = request::<WithdrawShare>(&shared, &NoParameters, &NoBody).if_match(renewed.etag());
    let withdrawn = pair.site.send(&withdraw).await;
    assert_eq!((withdrawn.status, withdrawn.bytes.len()), (204, 0));
    assert_eq!(pair.received().await, r#"{"items":[]}"#);
}

#[tokio::test]
async fn an_agreement_is_shared_by_the_hashes_of_its_texts() {
    let pair = Pair::new().await;
    let of_bond = PartnershipPath { programme: pair.ours.programme, partnership: pair.partnership };
    let new = json!({ "title": "Sister City Agreement", "terms": { "term": "open_ended" } });
    let agreement = pair.site.ask::<CreateAgreement>(&of_bond, &NoParameters, &body(&new)).await.id;
    let share = json!({ "link": pair.link, "agreement": agreement });
    pair.site.ask::<ShareRecord>(&pair.ours, &NoParameters, &body(&share)).await;
    let seen = pair.received().await;
    assert!(
        seen.contains("Sister City Agreement") && seen.contains("\"versions\":[]"),
        "a draft is ours: {seen}"
    );
    let own =
        pair.site.ask::<ListAgreements>(&pair.peer.path(), &ListAgreementsQuery::default(), &NoBody).await;
    assert_eq!(own.items, []);
}

#[tokio::test]
async fn nothing_is_shared_until_both_have_linked_and_after_one_has_not() {
    let pair = Pair::new().await;
    pair.share().await;
    let path = LinkPath { programme: pair.peer.programme, link: pair.theirs };
    let link = pair.site.send(&request::<GetLink>(&path, &NoParameters, &NoBody)).await;
    let unlink = request::<WithdrawLink>(&path, &NoParameters, &NoBody).if_match(link.etag());
    assert_eq!(pair.site.send(&unlink).await.status, 204);
    // They see nothing without a link of their own, and we can tell nothing more.
    let received = request::<ListReceived>(&path, &ListReceivedQuery::default(), &NoBody);
    assert_eq!(pair.site.send(&received).await.status, 404);
    let own = pair.site.ask::<ListLinks>(&pair.ours, &ListLinksQuery::default(), &NoBody).await;
    assert_eq!((own.items[0].state.clone(), own.offers), (LinkState::Offered.into(), vec![]));
    let offered = pair.site.ask::<ListLinks>(&pair.peer.path(), &ListLinksQuery::default(), &NoBody).await;
    assert_eq!((offered.items, offered.offers.len()), (vec![], 1));
    let share = json!({ "link": pair.link, "engagement": pair.visit });
    let refused = pair.site.send(&request::<ShareRecord>(&pair.ours, &NoParameters, &body(&share))).await;
    assert_eq!((refused.status, refused.problem().kind), (409, ProblemKind::Conflict));
    assert!(refused.text().contains("has not linked back"), "{}", refused.text());
    // With our link goes what was shared over it.
    let path = LinkPath { programme: pair.ours.programme, link: pair.link };
    let link = pair.site.send(&request::<GetLink>(&path, &NoParameters, &NoBody)).await;
    let unlink = request::<WithdrawLink>(&path, &NoParameters, &NoBody).if_match(link.etag());
    assert_eq!(pair.site.send(&unlink).await.status, 204);
    let shares = pair.site.ask::<ListShares>(&pair.ours, &ListSharesQuery::default(), &NoBody).await;
    assert_eq!(shares.items, []);
}

#[tokio::test]
async fn links_and_shares_are_listed_by_whom_they_are_with_and_what_they_are_about() {
    let pair = Pair::new().await;
    let share = pair.share().await.id;
    let waiting = Peer::new(&pair.site).await;
    let link = json!({ "peer": waiting.programme, "partnership": pair.partnership });
    let unanswered = pair.site.ask::<MakeLink>(&pair.ours, &NoParameters, &body(&link)).await.id;
    let offering = Peer::new(&pair.site).await;
    offering.link_to(&pair.site, pair.ours.programme).await;

    let (any, peer) = (ListLinksQuery::default, Some(pair.peer.programme));
    let (partnership, elsewhere) = (Some(pair.partnership), Some(pair.peer.partnership));
    let (mutual, offered) = (Some(LinkState::Mutual), Some(LinkState::Offered));
    for (query, links, offers) in [
        (any(), vec![pair.link, unanswered], 1),
        (ListLinksQuery { peer, ..any() }, vec![pair.link], 0),
        (ListLinksQuery { peer: Some(offering.programme), ..any() }, vec![], 1),
        (ListLinksQuery { partnership, ..any() }, vec![pair.link, unanswered], 0),
        (ListLinksQuery { partnership: elsewhere, ..any() }, vec![], 0),
        (ListLinksQuery { state: mutual, ..any() }, vec![pair.link], 0),
        (ListLinksQuery { state: offered, ..any() }, vec![unanswered], 0),
        (ListLinksQuery { peer, state: offered, ..any() }, vec![], 0),
    ] {
        let found = pair.site.ask::<ListLinks>(&pair.ours, &query, &NoBody).await;
        let ids: Vec<_> = found.items.iter().map(|link| link.id).collect();
        assert_eq!((ids, found.offers.len()), (links, offers), "{query:?}");
        assert_eq!(found.next_cursor, None);
        let (found_links, found_offers) = (found.items, found.offers);

        let mut page = ListLinksQuery { limit: PageLimit::new(1), ..query };
        let (mut links, mut offers) = (Vec::new(), Vec::new());
        loop {
            let found = pair.site.ask::<ListLinks>(&pair.ours, &page, &NoBody).await;
            assert!(found.items.len() <= 1 && found.offers.len() <= 1);
            links.extend(found.items);
            offers.extend(found.offers);
            page.cursor = found.next_cursor;
            if page.cursor.is_none() {
                break;
            }
        }
        assert_eq!((links, offers), (found_links, found_offers), "{page:?}");
    }
    let any = ListSharesQuery::default;
    let nothing = "agr_01kdvt6g00cevxk7q9gfs0mhpb".parse().expect("an id");
    for (query, shares) in [
        (ListSharesQuery { peer, ..any() }, vec![share]),
        (ListSharesQuery { peer: Some(waiting.programme), ..any() }, vec![]),
        (ListSharesQuery { link: Some(pair.link), engagement: Some(pair.visit), ..any() }, vec![share]),
        (ListSharesQuery { link: Some(unanswered), ..any() }, vec![]),
        (ListSharesQuery { agreement: Some(nothing), ..any() }, vec![]),
    ] {
        let found = pair.site.ask::<ListShares>(&pair.ours, &query, &NoBody).await;
        assert_eq!(found.items.iter().map(|share| share.id).collect::<Vec<_>>(), shares, "{query:?}");
    }
}

/// Whether there is such a programme shows in nothing.
#[tokio::test]
async fn a_link_to_nobody_looks_as_one_to_somebody_who_has_not_answered() {
    let pair = Pair::new().await;
    let third = Peer::new(&pair.site).await;
    let nobody: ProgrammeId = "prg_01kdvt6g00cevxk7q9gfs0mhpb".parse().expect("an id");
    let mut seen = Vec::new();
    for peer in [third.programme, nobody] {
        let link = json!({ "peer": peer, "partnership": pair.partnership });
        let made = pair.site.send(&request::<MakeLink>(&pair.ours, &NoParameters, &body(&link))).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let id = made.reply::<MakeLink>().id;
        let path = LinkPath { programme: pair.ours.programme, link: id };
        let got = pair.site.send(&request::<GetLink>(&path, &NoParameters, &NoBody)).await.text();
        let share = json!({ "link": id, "engagement": pair.visit });
        let share = pair.site.send(&request::<ShareRecord>(&pair.ours, &NoParameters, &body(&share))).await;
        let plain = |text: String| text.replace(&peer.to_string(), "PEER").replace(&id.to_string(), "LINK");
        seen.push((plain(made.text()), plain(got), plain(share.text())));
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn a_request_that_names_what_cannot_be_shared_is_told_which_field_is_wrong() {
    let pair = Pair::new().await;
    let elsewhere = json!({ "partnership": pair.peer.partnership, "title": "x", "foci": ["culture"],
        "direction": "joint" });
    let elsewhere =
        pair.site.ask::<CreateEngagement>(&pair.peer.path(), &NoParameters, &body(&elsewhere)).await.id;
    for (share, field) in [
        (json!({ "link": pair.link }), "/engagement"),
        (json!({ "link": pair.link, "engagement": elsewhere }), "/engagement"),
        (json!({ "link": pair.theirs, "engagement": pair.visit }), "/link"),
        (json!({ "link": pair.link, "agreement": "agr_01kdvt6g00cevxk7q9gfs0mhpb", "title": "x" }), "/title"),
        (json!({ "link": pair.link, "agreement": "agr_01kdvt6g00cevxk7q9gfs0mhpb" }), "/agreement"),
    ] {
        let refused = pair.site.send(&request::<ShareRecord>(&pair.ours, &NoParameters, &body(&share))).await;
        assert_eq!(refused.status, 422, "{share} {}", refused.text());
        assert!(refused.text().contains(field), "{share} {}", refused.text());
    }
    for (link, field) in [
        (json!({ "peer": pair.ours.programme, "partnership": pair.partnership }), "/peer"),
        (json!({ "peer": pair.peer.programme, "partnership": pair.peer.partnership }), "/partnership"),
    ] {
        let refused = pair.site.send(&request::<MakeLink>(&pair.ours, &NoParameters, &body(&link))).await;
        assert_eq!(refused.status, 422, "{link} {}", refused.text());
        assert!(refused.text().contains(field), "{}", refused.text());
    }
    pair.share().await;
    let again = json!({ "link": pair.link, "engagement": pair.visit });
    let again = pair.site.send(&request::<ShareRecord>(&pair.ours, &NoParameters, &body(&again))).await;
    assert_eq!(again.status, 409, "{}", again.text());
}

/// Whose it is, since when and who shared it stay known, also when it is no longer shared; and what became of it can be told back.
#[tokio::test]
async fn a_practice_seen_by_a_partner_keeps_its_origin_also_when_it_is_adopted_there() {
    let pair = Pair::new().await;
    let (ours, theirs) = (&pair.ours, pair.peer.path());
    let bond = PartnershipPath { programme: ours.programme, partnership: pair.partnership };
    let bond = pair.site.ask::<GetPartnership>(&bond, &RecordQuery::default(), &NoBody).await;
    let birmingham = bond.members.iter().find(|member| member.name == "Birmingham").expect("a member").place;
    let jobcentre = json!({ "name": "Jobcentre Plus", "kind": "municipality", "place": birmingham });
    let jobcentre = pair.site.ask::<CreateOrganisation>(ours, &NoParameters, &body(&jobcentre)).await.id;
    let whose = json!({ "place": birmingham, "organisation": jobcentre });
    let practice = json!({ "title": "One door", "origin": whose, "since": "2004", "topics": ["workforce"],
        "approach": "All in one house", "contact": { "office": "Secret Canary" }, "sources": ["Secret Canary"] });
    let practice = pair.site.ask::<CreatePractice>(ours, &NoParameters, &body(&practice)).await.id;
    let share = json!({ "link": pair.link, "practice": practice });
    let share = pair.site.ask::<ShareRecord>(ours, &NoParameters, &body(&share)).await;
    let seen = pair.received().await;
    assert!(!seen.contains("Canary"), "{seen}");
    for told in ["Jobcentre Plus", "Birmingham", "GB", "2004", "Chicago Sister Cities", "All in one house"] {
        assert!(seen.contains(told), "{told}: {seen}");
    }

    let own = PartnershipPath { programme: theirs.programme, partnership: pair.peer.partnership };
    let own = pair.site.ask::<GetPartnership>(&own, &RecordQuery::default(), &NoBody).await;
    let [teacher, learner] = ["Chicago, as we call it", "Chicago"]
        .map(|name| own.members.iter().find(|member| member.name == name).expect("a member").place);
    let adoption = json!({ "share": share.id, "by": learner });
    let adoption = pair.site.ask::<CreateAdoption>(&theirs, &NoParameters, &body(&adoption)).await;
    assert_eq!(adoption.partnership, Some(pair.peer.partnership), "the one of the link");
    assert_eq!(adoption.learnt_from.clone().and_then(|from| from.place), Some(teacher), "the other side");
    assert_eq!(adoption.topics.len(), 1, "what the practice is about");

    let path = SharePath { programme: ours.programme, share: share.id };
    let withdraw = request::<WithdrawShare>(&path, &NoParameters, &NoBody);
    let withdrawn = pair.site.send(&withdraw.if_match(format!("\"r{}\"", share.revision))).await;
    assert_eq!(withdrawn.status, 204);
    let learnt = pair.site.ask::<ListLearning>(&theirs, &ListAdoptionsQuery::default(), &NoBody).await;
    let one = &learnt.items[0];
    let origin = one.origin.clone().expect("an origin");
    let named = |name: &Option<sister_cities_domain::value::Name>| name.as_ref().map(ToString::to_string);
    assert_eq!(named(&origin.name).as_deref(), Some("Birmingham"));
    assert_eq!(named(&origin.organisation_name).as_deref(), Some("Jobcentre Plus"));
    assert_eq!(named(&one.shared_by).as_deref(), Some("Chicago Sister Cities"));
    assert_eq!(one.practised_since, "2004".parse().ok());
    // No longer shared, it cannot be adopted anew; nor can what is no practice.
    let visit = pair.share().await.id;
    for share in [share.id, visit] {
        let again = json!({ "share": share, "by": learner });
        let refused = pair.site.send(&request::<CreateAdoption>(&theirs, &NoParameters, &body(&again))).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.problem().errors[0].pointer.as_deref(), Some("/share"));
    }
    // And they tell us how it went.
    let told = json!({ "link": pair.theirs, "adoption": adoption.id });
    pair.site.ask::<ShareRecord>(&theirs, &NoParameters, &body(&told)).await;
    let path = LinkPath { programme: ours.programme, link: pair.link };
    let received = pair.site.ask::<ListReceived>(&path, &ListReceivedQuery::default(), &NoBody).await;
    let told = received.items[0].adoption.clone().expect("an adoption");
    assert_eq!(
        (told.title.to_string(), named(&told.origin.place).as_deref()),
        ("One door".to_owned(), Some("Birmingham"))
    );
}

/// Page by page, and each side its own partnerships only.
#[tokio::test]
async fn each_side_reads_what_is_shared_page_by_page_and_its_own_records_only() {
    let pair = Pair::new().await;
    for number in 0..3 {
        let visit = json!({ "partnership": pair.partnership, "title": "x", "foci": ["culture"], "direction": "joint" });
        let visit = pair.site.ask::<CreateEngagement>(&pair.ours, &NoParameters, &body(&visit)).await.id;
        let share = json!({ "link": pair.link, "engagement": visit, "title": format!("Visit {number}") });
        pair.site.ask::<ShareRecord>(&pair.ours, &NoParameters, &body(&share)).await;
    }
    let token = pair.site.token(Some(pair.peer.programme), &Scope::ALL).await;
    let path = LinkPath { programme: pair.peer.programme, link: pair.theirs };
    let mut query = ListReceivedQuery { limit: PageLimit::new(2), cursor: None };
    let mut titles = Vec::new();
    loop {
        let got = pair.site.send_as(&request::<ListReceived>(&path, &query, &NoBody), Some(&token)).await;
        let page = got.reply::<ListReceived>();
        titles.extend(page.items.into_iter().filter_map(|item| item.engagement?.title));
        match page.next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => break,
        }
    }
    let titles: Vec<_> = titles.iter().map(ToString::to_string).collect();
    assert_eq!(titles, ["Visit 0", "Visit 1", "Visit 2"]);
    let bonds = pair
        .site
        .ask::<ListPartnerships>(&pair.peer.path(), &ListPartnershipsQuery::default(), &NoBody)
        .await;
    assert_eq!(bonds.items.len(), 1);
    let visits =
        pair.site.ask::<ListEngagements>(&pair.peer.path(), &ListEngagementsQuery::default(), &NoBody).await;
    assert_eq!(visits.items, []);
    let shares = pair.site.ask::<ListShares>(&pair.peer.path(), &ListSharesQuery::default(), &NoBody).await;
    assert_eq!(shares.items, []);
}
