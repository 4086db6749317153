//! What Microsoft's samples and clients rely on and nothing else here holds.

use super::Fact;
use super::fact::{decided, documented};

pub(super) const FACTS: &[Fact] = &[
    documented(
        "A contact's `_accountid_value` is its parent customer, if that is an account; a filter can use it.",
        "webapi/web-api-query-data-sample, 2023-04-14",
        "service::samples::the_parent_customer_is_an_account_or_a_contact",
    ),
    decided(
        "A contact's `_parentcontactid_value` is its parent customer, if that is a contact.",
        "the reference of the table calls it the parent contact and lets nobody write it, as `accountid`",
        "service::samples::the_parent_customer_is_an_account_or_a_contact",
    ),
    decided(
        "Uploading, downloading and deleting the file of a file column answers 501, and so does an image in full.",
        "the emulator keeps no files; a 204 would say that one had been kept or deleted",
        "service::samples::files_are_not_there",
    ),
    decided(
        "The services at `/api/search/` and `/api/backgroundoperation/` answer 501.",
        "an org has them there; 404 would say that they are switched off",
        "service::samples::search_and_the_background_are_not_there",
    ),
    decided(
        "A request with `Prefer: respond-async` answers 501.",
        "Dataverse answers 202 with the place of a background operation (page background-operations); answering at once \
         would hide that a program cannot wait for one",
        "service::samples::search_and_the_background_are_not_there",
    ),
];
