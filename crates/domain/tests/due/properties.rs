//! What holds for any records: kept up to date equals reckoned anew, and an answer holds as long as it says.

use std::num::NonZeroU32;

use chrono::{DateTime, Days, NaiveDate, Utc};
use proptest::prelude::*;
use sister_cities_domain::committee::{Committee, CommitteeTask};
use sister_cities_domain::due::{DueDone, DueItem, DueList, DueResponse, DueState, due, reckon};
use sister_cities_domain::engagement::{
    AskedSide, Direction, Engagement, Focus, FollowUp, Happening, OutcomeAnswer, WhatCame,
};
use sister_cities_domain::id::{ActionPointId, CommitteeId, DueId, OutcomeId, PlaceId, RecordKind, RoleId};
use sister_cities_domain::partnership::{Act, Decision, Partnership};
use sister_cities_domain::promise::{
    ActionPlan, ActionPoint, CheckRhythm, PlanCheck, PointAct, PointNumber, PromisedBy,
};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::{HeldIn, RoleFunction, Tenure};
use sister_cities_domain::value::{FreeText, Name, PartialDate, Period, Title};

use crate::given::{Office, complete, day};

/// A change of a made-up programme; numbers choose among what is there.
#[derive(Clone, Debug)]
enum Step {
    Log {
        bond: usize,
        date: PartialDate,
        direction: usize,
        happening: usize,
    },
    Move {
        entry: usize,
        bond: usize,
    },
    Strike {
        entry: usize,
    },
    Decide {
        bond: usize,
        act: usize,
        date: PartialDate,
    },
    Sign {
        bond: usize,
        date: PartialDate,
        years: i32,
        notice: u32,
    },
    Complete {
        bond: usize,
        from: PartialDate,
        to: Option<PartialDate>,
    },
    Committee {
        committee: usize,
        bond: Option<usize>,
        existed: PartialDate,
        seats: u32,
    },
    Role {
        role: usize,
        committee: usize,
        function: usize,
        from: PartialDate,
        to: Option<PartialDate>,
        years: Option<i32>,
    },
    Ask {
        entry: usize,
        side: usize,
        after: usize,
        came: usize,
    },
    Plan {
        bond: usize,
        from: PartialDate,
        months: u32,
    },
    Look {
        plan: usize,
    },
    Promise {
        plan: usize,
        due: Option<PartialDate>,
        side: usize,
    },
    Take {
        point: usize,
        drop: bool,
    },
    Forget {
        point: usize,
    },
    Zone {
        place: usize,
        zone: usize,
    },
    Answer {
        item: usize,
        answer: usize,
        days: u64,
    },
    Policy {
        lead: u16,
        months: u16,
    },
    Day {
        days: i64,
    },
}

const PLACES: usize = 4;

fn date() -> impl Strategy<Value = PartialDate> {
    (0_u64..9_000, 0_usize..5).prop_map(|(days, precision)| {
        let text = day("2000-01-01").checked_add_days(Days::new(days)).unwrap().to_string();
        text[..[4, 7, 10, 10, 10][precision]].parse().unwrap()
    })
}

fn step() -> impl Strategy<Value = Step> {
    let bond = 0..PLACES;
    prop_oneof![
        6 => (bond.clone(), date(), 0_usize..6, 0_usize..3).prop_map(|(bond, date, direction, happening)| Step::Log {
            bond, date, direction, happening
        }),
        1 => (0_usize..9, bond.clone()).prop_map(|(entry, bond)| Step::Move { entry, bond }),
        1 => (0_usize..9).prop_map(|entry| Step::Strike { entry }),
        3 => (bond.clone(), 0_usize..10, date()).prop_map(|(bond, act, date)| Step::Decide { bond, act, date }),
        2 => (bond.clone(), date(), 0_i32..8, 0_u32..9).prop_map(|(bond, date, years, notice)| Step::Sign {
            bond, date, years, notice
        }),
        2 => (bond.clone(), date(), prop::option::of(date())).prop_map(|(bond, from, to)| Step::Complete { bond, from, to }),
        2 => (0_usize..3, prop::option::of(bond.clone()), date(), 0_u32..4).prop_map(|(committee, bond, existed, seats)| {
            Step::Committee { committee, bond, existed, seats }
        }),
        3 => (0_usize..5, 0_usize..3, 0_usize..3, date(), prop::option::of(date()), prop::option::of(0_i32..5)).prop_map(
            |(role, committee, function, from, to, years)| Step::Role { role, committee, function, from, to, years }
        ),
        3 => (0_usize..9, 0_usize..2, 0_usize..4, 0_usize..3).prop_map(|(entry, side, after, came)| Step::Ask {
            entry, side, after, came
        }),
        2 => (bond.clone(), date(), 0_u32..9).prop_map(|(bond, from, months)| Step::Plan { bond, from, months }),
        1 => (0_usize..3).prop_map(|plan| Step::Look { plan }),
        2 => (0_usize..3, prop::option::of(date()), 0_usize..3).prop_map(|(plan, due, side)| Step::Promise { plan, due, side }),
        1 => (0_usize..5, any::<bool>()).prop_map(|(point, drop)| Step::Take { point, drop }),
        1 => (0_usize..5).prop_map(|point| Step::Forget { point }),
        1 => (0..=PLACES, 0_usize..3).prop_map(|(place, zone)| Step::Zone { place, zone }),
        3 => (0_usize..9, 0_usize..3, 0_u64..900).prop_map(|(item, answer, days)| Step::Answer { item, answer, days }),
        1 => (0_u16..200, 1_u16..40).prop_map(|(lead, months)| Step::Policy { lead, months }),
        5 => (-400_i64..900).prop_map(|days| Step::Day { days }),
    ]
}

/// A programme that is changed step by step.
struct Made {
    office: Office,
    places: Vec<PlaceId>,
    bonds: Vec<Partnership>,
    log: Vec<Engagement>,
    plans: Vec<ActionPlan>,
    points: Vec<ActionPoint>,
    committees: Vec<CommitteeId>,
    roles: Vec<RoleId>,
    list: DueList,
    today: NaiveDate,
}

impl Made {
    fn up() -> Self {
        let office = Office::new();
        let places: Vec<PlaceId> = (0..PLACES).map(|_| PlaceId::next(&office.ids)).collect();
        let bonds = vec![
            office.agreed(places[0], "1998-02-28"),
            office.agreed(places[1], "2001"),
            office.agreed(places[2], ""),
            office.enquired(places[3], "2003-05"),
        ];
        let zones = ["Asia/Tokyo", "Europe/London", "Pacific/Honolulu", "Asia/Kathmandu"];
        let near = places.iter().zip(zones).map(|(id, zone)| office.place(*id, zone, zone));
        let list = DueList::new(office.state().with(near).with(bonds.clone()));
        let committees: Vec<CommitteeId> = (0..3).map(|_| CommitteeId::next(&office.ids)).collect();
        let roles: Vec<RoleId> = (0..5).map(|_| RoleId::next(&office.ids)).collect();
        let (log, plans, points) = (Vec::new(), Vec::new(), Vec::new());
        Self { office, places, bonds, log, plans, points, committees, roles, list, today: day("2004-01-01") }
    }

    fn now(&self) -> DateTime<Utc> {
        self.today.and_hms_opt(18, 0, 0).unwrap().and_utc()
    }

    #[expect(clippy::too_many_lines, reason = "a few lines for each kind of step")]
    fn change(&mut self, step: &Step) {
        match *step {
            Step::Log { bond, date, direction, happening } => {
                let entry = Engagement {
                    direction: Direction::ALL[direction],
                    happening: Happening::ALL[happening],
                    ..self.office.event(&self.bonds[bond], &date.to_string())
                };
                self.log.push(entry.clone());
                self.list.put(entry);
            }
            Step::Move { entry, bond } => {
                let id = self.bonds[bond].id();
                if let Some(entry) = self.log.get_mut(entry) {
                    entry.partnership = id;
                    self.list.put(entry.clone());
                }
            }
            Step::Strike { entry } => {
                if entry < self.log.len() {
                    self.list.remove(self.log.remove(entry).id);
                }
            }
            Step::Decide { bond, act, date } => {
                let deadline = date.latest();
                let acts = [
                    Act::Assess,
                    Act::Explore,
                    Act::Decline { reason: None },
                    Act::Review { deadline },
                    Act::Reawaken { plan: None },
                    Act::Reawakened,
                    Act::Suspend { condition: None },
                    Act::Resume { grounds: None },
                    Act::Conclude { reason: None },
                    Act::Reaffirm { statement: None },
                ];
                let decision = Decision::new(acts[act].clone()).on(date);
                if let Ok((after, _)) = self.bonds[bond].clone().decide(decision) {
                    self.put_bond(bond, after);
                }
            }
            Step::Sign { bond, date, years, notice } => {
                let ends = if years == 0 { String::new() } else { (date.year() + years).to_string() };
                let later = date.latest().checked_add_days(Days::new(u64::from(notice))).unwrap();
                let on = [date.to_string(), later.to_string()];
                let signed = self.office.signed(&self.bonds[bond], [&on[0], &on[1]], &ends, notice);
                self.list.put(signed);
            }
            Step::Complete { bond, from, to } => {
                let to = to.map_or_else(String::new, |to| to.to_string());
                let after = complete(self.bonds[bond].clone(), &from.to_string(), &to);
                self.put_bond(bond, after);
            }
            Step::Committee { committee, bond, existed, seats } => {
                let partnership = bond.map(|bond| self.bonds[bond].id());
                let theme = partnership.is_none().then_some(Focus::Medicine);
                let committee = Committee {
                    task: CommitteeTask::only(partnership, theme).unwrap(),
                    existed: Period::since(existed),
                    seats: NonZeroU32::new(seats),
                    term_months: NonZeroU32::new(seats * 7),
                    ..self.office.committee(self.committees[committee], None)
                };
                self.list.put(committee);
            }
            Step::Role { role, committee, function, from, to, years } => {
                let ends = years.map(|years| PartialDate::from_year(from.year() + years).unwrap());
                if let Ok(tenure) = Tenure::new(Some(from), to, ends) {
                    let function =
                        [RoleFunction::Chair, RoleFunction::CoChair, RoleFunction::Member][function].clone();
                    let held_in = HeldIn::Committee(self.committees[committee]);
                    let role = self.office.role(self.roles[role], held_in, function, tenure);
                    self.list.put(role);
                }
            }
            Step::Ask { entry, side, after, came } => {
                if let Some(entry) = self.log.get_mut(entry) {
                    entry.follow_up = true;
                    let outcome = OutcomeId::next(&self.office.ids);
                    let came =
                        [WhatCame::NothingYet, WhatCame::NothingWill, WhatCame::Outcome { outcome }][came];
                    let (side, after) = (AskedSide::ALL[side], FollowUp::ALL[after]);
                    // It is answered if it is asked by now.
                    if let Ok(Some((answered, _))) =
                        entry.clone().answer(OutcomeAnswer { side, after, on: self.today, came })
                    {
                        *entry = answered;
                    }
                    self.list.put(entry.clone());
                }
            }
            Step::Plan { bond, from, months } => {
                let check = CheckRhythm::new(months, from.latest()).ok();
                let plan =
                    ActionPlan { check, runs: Period::since(from), ..self.office.plan(&self.bonds[bond]) };
                self.plans.push(plan.clone());
                self.list.put(plan);
            }
            Step::Look { plan } => {
                if let Some(plan) = self.plans.get_mut(plan) {
                    *plan = plan.checked(PlanCheck { on: self.today, remark: None });
                    self.list.put(plan.clone());
                }
            }
            Step::Promise { plan, due, side } => {
                if let Some(plan) = self.plans.get(plan) {
                    let number = PointNumber::after(self.points.iter().map(|point| point.number)).unwrap();
                    let title = Title::new(&format!("Point {number}")).unwrap();
                    let id = ActionPointId::next(&self.office.ids);
                    let point = ActionPoint {
                        promised_by: PromisedBy::ALL[side],
                        ..ActionPoint::promised(id, plan, number, title, due)
                    };
                    self.points.push(point.clone());
                    self.list.put(point);
                }
            }
            Step::Take { point, drop } => {
                if let Some(point) = self.points.get_mut(point) {
                    let reason = FreeText::new("Nobody wants it").unwrap();
                    let act = if drop { PointAct::Drop { reason } } else { PointAct::Stall };
                    let on = PartialDate::from_day(self.today).unwrap();
                    // As far as it can be taken from where the point stands.
                    if let Ok((after, _)) = point.take(act, on, None) {
                        *point = after;
                        self.list.put(point.clone());
                    }
                }
            }
            Step::Forget { point } => {
                if point < self.points.len() {
                    self.list.remove(self.points.remove(point).id);
                }
            }
            Step::Zone { place, zone } => {
                let zone = ["America/Chicago", "Asia/Tokyo", "Europe/Paris"][zone];
                let id = self.places.get(place).copied().unwrap_or(self.office.programme.host);
                self.list.put(self.office.place(id, zone, zone));
            }
            Step::Answer { item, answer, days } => {
                let items = self.list.due(self.now());
                if let Some(item) = items.get(item) {
                    self.answer(item, answer, days);
                }
            }
            Step::Policy { lead, months } => {
                use sister_cities_domain::due::{DueKind, DueRule, Span};
                let rule = DueRule { lead: Span::Days(lead), allowed: Span::Months(months) };
                let policy = &mut self.office.programme.policies.due;
                let kind = DueKind::ALL[usize::from(lead) % DueKind::ALL.len()];
                policy.rules.insert(kind, rule);
                policy.touch_every_months = months.try_into().unwrap();
                self.list.put(self.office.programme.clone());
            }
            Step::Day { days } => {
                self.today = self.today.checked_add_signed(chrono::TimeDelta::days(days)).unwrap();
            }
        }
    }

    fn put_bond(&mut self, bond: usize, after: Partnership) {
        self.bonds[bond] = after.clone();
        self.list.put(after);
    }

    fn answer(&mut self, item: &DueItem, answer: usize, days: u64) {
        let mut response = DueResponse::none_to(self.office.programme.id, item);
        match answer {
            0 => response.snoozed_until = self.today.checked_add_days(Days::new(days)),
            1 => response.handed_to = Some(Responsible::office_alone(Name::new("Somebody else").unwrap())),
            _ => response.done = Some(DueDone { on: self.today, remark: None }),
        }
        self.list.put(response);
    }

    fn all_anew(&self) -> Vec<DueItem> {
        due(self.list.state(), self.now())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn incremental_due_equals_full(steps in prop::collection::vec(step(), 1..40)) {
        let mut made = Made::up();
        for step in steps {
            made.change(&step);
            let now = made.now();
            prop_assert_eq!(made.list.due(now), made.all_anew(), "after {:?} on {}", step, made.today);
            for bond in made.bonds.clone() {
                let anew = reckon(made.list.state(), bond.id().into(), made.list.state().today(now)).touch;
                prop_assert_eq!(made.list.next_touch(bond.id(), now), anew);
            }
        }
    }

    #[test]
    fn a_reckoning_holds_until_the_day_it_says_and_no_item_is_due_twice(
        steps in prop::collection::vec(step(), 1..40), later in prop::collection::vec(0.0_f64..1.0, 4),
    ) {
        let mut made = Made::up();
        for step in &steps {
            made.change(step);
        }
        let state: &DueState = made.list.state();
        for unit in state.units().collect::<Vec<_>>() {
            let first = reckon(state, unit, made.today);
            let until = first.holds_until.unwrap_or_else(|| made.today.checked_add_days(Days::new(9_000)).unwrap());
            prop_assert!(until > made.today);
            let span = until.signed_duration_since(made.today).num_days() - 1;
            for part in later.iter().chain(&[1.0]) {
                #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "some days ahead")]
                let days = (span as f64 * part) as i64;
                let on = made.today.checked_add_signed(chrono::TimeDelta::days(days)).unwrap();
                let again = reckon(state, unit, on);
                prop_assert_eq!((&again.items, &again.touch), (&first.items, &first.touch), "from {} to {}", made.today, on);
            }
            let is_over = unit.kind == RecordKind::Partnership && first.touch.is_none();
            prop_assert!(!is_over || first.items.is_empty());
            let mut ids: Vec<DueId> = first.items.iter().map(|item| item.id).collect();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), first.items.len());
            for item in &first.items {
                prop_assert_eq!(item.id, DueId::of(item.kind, item.subject, item.due_on));
                prop_assert!(item.reason.ends_with('.') && item.what_to_do.ends_with('.'), "{}", item.reason);
            }
        }
    }

    #[test]
    fn the_order_in_which_records_come_is_of_no_account(steps in prop::collection::vec(step(), 1..30)) {
        let mut made = Made::up();
        for step in &steps {
            made.change(step);
        }
        let backwards = made.office.state().with(made.bonds.iter().rev().cloned())
            .with(made.log.iter().rev().cloned()).with(made.points.iter().rev().cloned())
            .with(made.plans.iter().rev().cloned());
        let forwards = made.office.state().with(made.plans.clone()).with(made.points.clone()).with(made.log.clone())
            .with(made.bonds.clone());
        prop_assert_eq!(due(&backwards, made.now()), due(&forwards, made.now()));
    }
}
