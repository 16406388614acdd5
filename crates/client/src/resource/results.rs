//! What was promised, what was learnt, what came of it, and what is due.

use std::convert::identity;

use sister_cities_api::domain::id::{
    ActionPlanId, ActionPointId, AdoptionId, DueId, IndicatorId, OutcomeId, PracticeId, ProgrammeId,
    ValuationRateId,
};
use sister_cities_api::{Endpoint, RecordQuery, due, indicator, outcome, practice, promise, valuation_rate};

use crate::{Call, Client, List, Tagged, Versioned};

resource! {
    /// The action plans of one programme: what the cities promised each other in points.
    ActionPlans {
        /// Lists action plans, the latest first.
        list(query: promise::ListActionPlansQuery) -> List<promise::ListActionPlans>;
        /// Enters an action plan, without points.
        create(body: promise::ActionPlanBody) -> Call<promise::CreateActionPlan, Tagged>;
        /// Reads one action plan.
        get[plan: ActionPlanId]() -> Call<promise::GetActionPlan, Tagged>;
        /// Replaces what is known of an action plan.
        replace[&promise::ActionPlanView => plan](body: promise::ActionPlanBody)
            -> Call<promise::ReplaceActionPlan, Tagged>;
        /// Removes an action plan that has no points.
        delete[&promise::ActionPlanView => plan]() -> Call<promise::DeleteActionPlan>;
        /// Says how far a plan is, with its points.
        get_progress[plan: ActionPlanId](query: RecordQuery) -> Call<promise::GetActionPlanProgress>;
        /// Notes that somebody looked how far a plan is.
        check[&promise::ActionPlanView => plan](body: promise::PlanCheckBody)
            -> Call<promise::CheckActionPlan, Tagged>;
        /// Enters the lines of a meeting as points, or says what each would become.
        add_lines[plan: ActionPlanId](body: promise::PlanLinesBody) -> Call<promise::AddActionPlanLines>;
    }
}

resource! {
    /// The points of the action plans of one programme.
    ActionPoints {
        /// Lists action points, those that are due first.
        list(query: promise::ListActionPointsQuery) -> List<promise::ListActionPoints>;
        /// Enters a point of an action plan.
        create(body: promise::ActionPointBody) -> Call<promise::CreateActionPoint, Tagged>;
        /// Reads one action point.
        get[point: ActionPointId]() -> Call<promise::GetActionPoint, Tagged>;
        /// Replaces what is said of an action point.
        replace[&promise::ActionPointView => point](body: promise::ActionPointBody)
            -> Call<promise::ReplaceActionPoint, Tagged>;
        /// Removes an action point.
        delete[&promise::ActionPointView => point]() -> Call<promise::DeleteActionPoint>;
        /// Takes a step with an action point.
        step[&promise::ActionPointView => point](body: promise::PointStepBody)
            -> Call<promise::StepActionPoint, Tagged>;
    }
}

resource! {
    /// The practices of one programme, which cities may learn from each other.
    Practices {
        /// Lists practices, those done since the latest date first.
        list(query: practice::ListPracticesQuery) -> List<practice::ListPractices>;
        /// Enters a practice.
        create(body: practice::PracticeBody) -> Call<practice::CreatePractice, Tagged>;
        /// Reads one practice.
        get[practice: PracticeId]() -> Call<practice::GetPractice, Tagged>;
        /// Replaces what is known of a practice.
        replace[&practice::PracticeView => practice](body: practice::PracticeBody)
            -> Call<practice::ReplacePractice, Tagged>;
        /// Removes a practice that nobody has adopted.
        delete[&practice::PracticeView => practice]() -> Call<practice::DeletePractice>;
    }
}

resource! {
    /// The adoptions of practices in one programme.
    Adoptions {
        /// Lists adoptions, those with the latest step first.
        list(query: practice::ListAdoptionsQuery) -> List<practice::ListAdoptions>;
        /// Enters that a practice was offered to a place.
        create(body: practice::AdoptionBody) -> Call<practice::CreateAdoption, Tagged>;
        /// Reads one adoption with its steps.
        get[adoption: AdoptionId]() -> Call<practice::GetAdoption, Tagged>;
        /// Replaces what is known of an adoption, but for its steps.
        replace[&practice::AdoptionView => adoption](body: practice::AdoptionBody)
            -> Call<practice::ReplaceAdoption, Tagged>;
        /// Removes the record of an adoption.
        delete[&practice::AdoptionView => adoption]() -> Call<practice::DeleteAdoption>;
        /// Takes a step of an adoption.
        take_step[&practice::AdoptionView => adoption](body: practice::AdoptionStepBody)
            -> Call<practice::TakeAdoptionStep, Tagged>;
    }
}

resource! {
    /// The outcomes of one programme: what came of what the cities did.
    Outcomes {
        /// Lists outcomes, the latest first.
        list(query: outcome::ListOutcomesQuery) -> List<outcome::ListOutcomes>;
        /// Enters an outcome, as a claim.
        create(body: outcome::OutcomeBody) -> Call<outcome::CreateOutcome, Tagged>;
        /// Totals them by currency or unit, evidence and attribution, each counted once.
        total(query: outcome::TotalOutcomesQuery) -> Call<outcome::TotalOutcomes>;
        /// Reads one outcome.
        get[outcome: OutcomeId]() -> Call<outcome::GetOutcome, Tagged>;
        /// Replaces what is known of an outcome, but for its evidence.
        replace[&outcome::OutcomeView => outcome](body: outcome::OutcomeBody)
            -> Call<outcome::ReplaceOutcome, Tagged>;
        /// Documents, verifies, disputes or withdraws an outcome.
        grade[&outcome::OutcomeView => outcome](body: outcome::EvidenceChangeBody)
            -> Call<outcome::GradeOutcome, Tagged>;
    }
}

resource! {
    /// The indicators of one programme: what is aimed at and reached.
    Indicators {
        /// Lists indicators, by their results and titles.
        list(query: indicator::ListIndicatorsQuery) -> List<indicator::ListIndicators>;
        /// Enters an indicator.
        create(body: indicator::IndicatorBody) -> Call<indicator::CreateIndicator, Tagged>;
        /// Reads one indicator.
        get[indicator: IndicatorId]() -> Call<indicator::GetIndicator, Tagged>;
        /// Replaces what is known of an indicator: adds a period, says what was reached.
        replace[&indicator::IndicatorView => indicator](body: indicator::IndicatorBody)
            -> Call<indicator::ReplaceIndicator, Tagged>;
    }
}

resource! {
    /// The valuation rates of one programme: what an hour, a day or a gift is worth.
    ValuationRates {
        /// Lists valuation rates, those that begin latest first.
        list(query: valuation_rate::ListValuationRatesQuery) -> List<valuation_rate::ListValuationRates>;
        /// Enters a valuation rate.
        create(body: valuation_rate::ValuationRateBody) -> Call<valuation_rate::CreateValuationRate, Tagged>;
        /// Values hours, days or gifts by the rate of their day and place.
        value_quantity(query: valuation_rate::ValueQuantityQuery) -> Call<valuation_rate::ValueQuantity>;
        /// Reads one valuation rate.
        get[valuation_rate: ValuationRateId]() -> Call<valuation_rate::GetValuationRate, Tagged>;
        /// Replaces what is known of a valuation rate.
        replace[&valuation_rate::ValuationRateView => valuation_rate](body: valuation_rate::ValuationRateBody)
            -> Call<valuation_rate::ReplaceValuationRate, Tagged>;
    }
}

resource! {
    /// What is due in one programme, and what is said to it.
    Due {
        /// Lists what is due, by day.
        list(query: due::ListDueQuery) -> List<due::ListDue>;
        /// Puts an item off: it comes back on the day that is named.
        snooze[item: DueId](body: due::SnoozeBody) -> Call<due::SnoozeDueItem, Tagged>;
        /// Hands an item to somebody else.
        hand[item: DueId](body: due::HandBody) -> Call<due::HandDueItem, Tagged>;
        /// Says that an item was done.
        finish[item: DueId](body: due::FinishBody) -> Call<due::FinishDueItem, Tagged>;
        /// Lists the next touch of every partnership that is not over, the earliest first.
        list_next_touches(query: due::ListNextTouchesQuery) -> List<due::ListNextTouches>;
    }
}
