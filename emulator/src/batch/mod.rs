//! `$batch`: many requests in one, some of them as change sets that happen as a whole or not at all.

mod answer;
mod request;
mod run;

pub(crate) use run::answer;
