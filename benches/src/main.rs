//! Times and instructions, as Markdown. `--help` says what there is.

use std::process::ExitCode;

use benchmarks::{Sizes, cases, times};

const USAGE: &str = "\
benchmarks [times] [--quick] [CASE…]    the times of all cases, as ratios
benchmarks one CASE VARIANT RUNS        runs one variant (a number from 0, which is ours) and nothing else, for a profiler
benchmarks list                         the cases and their variants

A CASE is the beginning of a name. --quick is small, to see that it works.";

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let quick = take_flag(&mut arguments, "--quick");
    let command = match arguments.first().map(String::as_str) {
        Some("times" | "one" | "list" | "--help") => arguments.remove(0),
        _ => "times".to_owned(),
    };
    match command.as_str() {
        "times" => {
            let sizes = if quick { Sizes::QUICK } else { Sizes::FULL };
            let measured = times::measure(cases::named(&arguments), sizes);
            for table in times::tables(&measured) {
                println!("{table}");
            }
            ExitCode::SUCCESS
        }
        "one" => one(&arguments),
        "list" => {
            for case in &cases::ALL {
                println!("{}", case.name);
                for (number, variant) in (case.group)(Sizes::QUICK).variants.iter().enumerate() {
                    println!("  {number}  {}", variant.name);
                }
            }
            ExitCode::SUCCESS
        }
        _ => usage(),
    }
}

fn one(arguments: &[String]) -> ExitCode {
    let [case, variant, runs] = arguments else { return usage() };
    let (Some(case), Ok(variant), Ok(runs)) =
        (cases::ALL.iter().find(|each| each.name == case), variant.parse::<usize>(), runs.parse::<usize>())
    else {
        return usage();
    };
    let group = (case.group)(Sizes::COUNTED);
    let Some(variant) = group.variants.get(variant) else { return usage() };
    for _ in 0..runs {
        variant.run(&group);
    }
    ExitCode::SUCCESS
}

fn take_flag(arguments: &mut Vec<String>, flag: &str) -> bool {
    let before = arguments.len();
    arguments.retain(|argument| argument != flag);
    arguments.len() < before
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::FAILURE
}
