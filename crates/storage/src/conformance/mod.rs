//! What every back end must do, as tests that each exist once.
//!
//! A back end runs all of them with [`conformance_tests!`](crate::conformance_tests) and a function that opens an empty database:
//!
//! ```text
//! async fn open() -> (Database, TempDir) { … }
//! sister_cities_storage::conformance_tests!(open);
//! ```
//!
//! The second part of the pair is kept until the test is over. A new test is a function in one of the modules here and its
//! name in the macro; a test of this crate notices when one is forgotten.

#![expect(clippy::missing_panics_doc, reason = "a test of the suite panics when it fails")]

pub mod asked;
pub mod atomicity;
pub mod audit;
pub mod bulk;
pub mod documents;
pub mod due;
pub mod erasure;
pub mod idempotency;
pub mod isolation;
pub mod journal;
pub mod lists;
pub mod notification;
pub mod recorded;
pub mod references;
pub mod revisions;
pub mod sample;
pub mod search;
pub mod sharing;
#[cfg(test)]
mod tests;
pub mod typed;
pub mod uniqueness;
pub mod vault;
pub mod work;

use std::future::Future;

use crate::Database;

/// Opens an empty database and runs one test against it, on two threads. Without a database there is nothing to run.
///
/// # Panics
///
/// If the test fails.
pub fn run<Opening, Guard, Testing>(open: impl FnOnce() -> Opening, test: impl FnOnce(Database) -> Testing)
where
    Opening: Future,
    Opening::Output: Into<Option<(Database, Guard)>>,
    Testing: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        if let Some((database, guard)) = open().await.into() {
            test(database).await;
            drop(guard);
        }
    });
}

/// Runs the whole suite against a back end: `conformance_tests!(open)`, where `open` is an `async fn() -> (Database, Guard)`, or
/// of an `Option` of it.
#[macro_export]
macro_rules! conformance_tests {
    ($open:ident) => {
        $crate::conformance_tests! { @suite $open;
            asked {
                every_declared_filter_finds_what_it_should,
                every_declared_order_runs_through_every_page,
                a_list_of_a_window_of_days_holds_what_lies_in_it,
            }
            atomicity {
                a_change_set_with_one_stale_record_stores_nothing,
                a_refused_change_set_does_not_harm_its_neighbours,
                a_commit_is_seen_by_every_read_after_it,
                a_change_set_in_which_a_record_is_changed_twice_is_refused,
                a_change_of_records_without_an_event_is_refused,
                a_record_whose_columns_do_not_fit_the_catalogue_is_refused,
            }
            audit {
                every_journal_is_a_whole_chain,
                the_chain_holds_while_many_write_and_one_verifies,
                an_update_is_told_field_by_field,
                a_refused_change_set_leaves_no_link_in_the_chain,
            }
            bulk {
                fifty_thousand_records_are_stored_at_once,
                a_refused_bulk_stores_nothing,
                what_a_bulk_stored_can_be_deleted_at_once,
            }
            documents {
                a_document_is_found_by_its_content,
                the_same_document_twice_is_stored_once,
                a_document_is_forgotten_and_what_is_kept_is_known,
            }
            due {
                a_commit_marks_the_units_that_it_touches_and_no_others,
                a_committee_and_its_roles_touch_their_units,
                a_reckoning_that_a_change_overtook_is_not_kept,
                a_unit_is_to_be_reckoned_again_on_its_day,
                due_items_are_read_by_day_page_by_page,
                another_programme_sees_nothing_of_due_work,
            }
            erasure {
                a_person_is_erased_wherever_they_were_recorded,
                a_dry_run_finds_what_an_erasure_replaces_and_changes_nothing,
                nobody_puts_back_what_was_erased_with_an_old_revision,
                who_writes_while_a_person_is_erased_loses_nothing,
                several_erasures_of_a_day_have_pseudonyms_of_their_own,
                signed_texts_stay_and_are_named,
                what_is_no_longer_needed_is_removed_once,
                a_rewrite_of_what_has_changed_meanwhile_is_refused,
            }
            idempotency {
                a_repeated_request_gets_the_first_reply_and_no_second_effect,
                another_request_under_the_same_key_is_refused,
                keys_are_apart_by_credential_and_route,
                a_repeated_request_for_a_new_programme_creates_one,
                an_expired_reply_is_forgotten,
                a_refused_change_set_stores_no_reply,
                ten_requests_under_one_key_have_one_effect,
            }
            isolation {
                another_programme_finds_nothing,
                the_same_id_may_live_in_two_programmes,
                a_record_cannot_refer_into_another_programme,
                a_token_is_found_by_its_hash_whoever_it_is_for,
                programmes_are_listed_for_the_installation,
            }
            journal {
                events_are_read_in_the_order_of_commits,
                a_reader_that_follows_misses_nothing_while_others_write,
                events_are_found_by_their_subject,
                each_programme_counts_its_own_journal,
                ids_of_events_are_unique_and_sort_by_time,
            }
            lists {
                pages_hold_still_while_records_come_and_go,
                every_order_runs_both_ways,
                conditions_must_all_hold,
                several_values_of_one_column_can_be_asked_for,
                records_of_some_values_are_listed_in_the_order_of_the_values,
                a_range_leaves_out_what_has_no_value,
                records_are_found_by_members_of_their_sets,
                names_are_found_by_their_beginning,
                a_filter_leaves_the_order_as_it_is,
                a_cursor_of_another_list_is_refused,
                a_condition_of_another_kind_is_refused,
                a_list_is_counted_without_reading_it,
                records_of_every_kind_are_counted,
                records_asked_for_by_id_come_in_that_order,
                a_dump_tells_two_states_apart,
            }
            notification {
                the_journal_is_looked_through_once,
                the_same_delivery_is_stored_once,
                a_lane_is_sent_by_whoever_holds_it,
                what_is_said_under_a_lost_lane_is_refused,
                what_comes_while_a_lane_is_leased_is_not_lost,
                a_lane_that_pauses_is_left_alone,
                what_was_sent_can_be_sent_again,
                deliveries_and_notifications_are_listed,
                what_is_old_is_forgotten,
                what_was_told_is_found_by_its_cause,
                an_address_stays_refused_until_something_is_sent_again,
                what_came_back_is_kept_once_and_only_of_what_was_sent,
                another_programme_sees_nothing_of_what_is_told,
            }
            recorded {
                a_list_as_recorded_is_the_list_as_it_was,
                a_record_as_recorded_is_the_revision_that_stood,
                pages_as_recorded_fit_together_while_everything_changes,
                a_time_is_that_of_the_last_commit_up_to_then,
                a_cursor_of_the_present_is_none_of_the_past,
                a_list_as_recorded_finds_by_what_was_recorded_then,
            }
            references {
                a_reference_to_nothing_is_refused_by_name,
                a_member_of_a_set_must_exist,
                records_of_one_change_set_may_refer_to_each_other_in_any_order,
                what_is_referred_to_cannot_be_deleted,
                what_refers_and_what_is_referred_to_can_be_deleted_together,
                a_programme_with_records_cannot_be_deleted,
                records_need_their_programme,
            }
            revisions {
                of_ten_racing_writers_exactly_one_wins,
                a_record_that_is_gone_is_stale,
                every_revision_stays_readable,
                a_history_is_read_in_parts,
                what_became_of_a_record_is_read_in_parts,
                a_deleted_record_leaves_a_tombstone,
                a_revision_is_never_used_twice,
                a_record_that_exists_cannot_be_created,
                a_record_reads_back_as_it_was_stored,
            }
            search {
                names_titles_and_notes_are_found_in_any_spelling,
                a_place_is_found_by_any_of_its_names_and_so_is_its_bond,
                all_words_must_occur_and_the_last_may_go_on,
                a_question_is_words_and_nothing_else,
                what_is_changed_or_deleted_is_found_as_it_is_now,
                hits_come_page_by_page_each_once,
                another_programme_finds_nothing_by_words,
                nothing_of_an_erased_person_is_found,
                nothing_sensitive_is_found,
                a_refused_change_set_is_not_found,
            }
            sharing {
                what_names_a_reader_is_shown_to_that_reader_and_to_nobody_else,
                what_is_shown_is_found_in_no_other_way,
                what_is_withdrawn_is_out_of_sight_at_once,
                a_kind_that_names_no_reader_is_never_shown,
                links_and_shares_of_the_domain_read_back_and_are_found,
                a_record_is_shared_over_a_link_once_and_cannot_go_before_its_share,
                erasing_a_person_reaches_what_is_shared,
            }
            typed {
                every_type_of_the_domain_reads_back_equal,
                places_are_found_by_what_is_known_of_them,
                partnerships_are_found_by_status_kind_and_member,
                engagements_are_found_by_bond_focus_direction_and_days,
                events_and_revisions_read_back_typed,
                a_second_open_bond_of_the_same_places_is_refused,
                a_record_of_another_programme_is_refused,
            }
            uniqueness {
                a_pair_of_places_has_one_bond,
                the_refusal_names_the_holder,
                a_value_is_free_again_once_its_holder_is_gone,
                records_without_a_value_do_not_collide,
                a_token_that_is_taken_elsewhere_is_refused_without_saying_where,
                an_update_may_keep_its_own_value,
            }
            vault {
                without_a_master_key_nothing_sensitive_is_stored,
                a_sensitive_value_is_stored_encrypted_only_and_read_back,
                an_update_that_leaves_it_alone_is_told_as_none,
                a_value_moved_to_another_record_or_opened_with_another_key_is_not_read,
                keys_are_rotated_while_others_read_and_write,
                the_master_key_is_changed_for_another_and_the_old_one_opens_nothing_any_more,
                with_its_key_what_was_encrypted_is_gone,
                a_person_is_erased_in_encrypted_values_too,
                a_text_that_looks_encrypted_is_a_text,
                all_servers_have_one_key_for_cursors_and_it_is_wrapped,
            }
            work {
                work_is_leased_once_it_is_due,
                there_is_no_work_of_a_refused_change_set,
                work_needs_an_event,
                work_of_one_id_is_there_once,
                a_late_completion_is_refused,
                a_lease_that_ran_out_untouched_can_still_be_completed,
                a_heartbeat_keeps_a_lease,
                an_expired_lease_is_rescued,
                failed_work_waits_for_its_time,
                work_that_is_over_is_forgotten_after_a_while,
                two_live_leases_on_one_piece_of_work_never_overlap,
                a_listener_is_woken_by_a_commit,
                each_programme_has_its_own_work,
            }
        }
    };
    (@suite $open:ident; $($module:ident { $($test:ident,)+ })+) => {
        $(mod $module {
            $(#[test]
            fn $test() {
                $crate::conformance::run(super::$open, $crate::conformance::$module::$test);
            })+
        })+
    };
}
