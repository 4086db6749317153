//! Prints times and instructions as Markdown. `--help` lists the commands.

use std::process::ExitCode;

use benchmarks::table::Table;
use benchmarks::times::Measured;
use benchmarks::{Sizes, cases, instructions, machine, page, plot, times};

const USAGE: &str = "\
benchmarks [times] [--quick] [--instructions] [--plot FILE] [CASE…]
                                        prints the times of all cases as ratios, with the instructions of each
                                        as columns of their own, and draws the times of a page
benchmarks instructions [CASE…]         prints instructions under valgrind, as ratios
benchmarks one CASE VARIANT RUNS        runs only one variant (a number; 0 is ours), for a profiler
benchmarks list                         prints the cases and their variants

A CASE is the beginning of a name. --quick uses small sizes, to see that everything works.";

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let command = match arguments.first().map(String::as_str) {
        Some("times" | "instructions" | "one" | "list" | "--help") => arguments.remove(0),
        _ => "times".to_owned(),
    };
    let outcome = match command.as_str() {
        "times" => times(arguments),
        "instructions" => instructions(&arguments),
        "one" => one(&arguments),
        "list" => list(),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn times(mut arguments: Vec<String>) -> Result<(), String> {
    let sizes = if take_flag(&mut arguments, "--quick") { Sizes::QUICK } else { Sizes::FULL };
    let count = take_flag(&mut arguments, "--instructions");
    let picture = take_option(&mut arguments, "--plot")?;
    println!("{}\n", machine::describe());
    let measured = times::measure(cases::named(&arguments), sizes);
    let mut tables = times::tables(&measured);
    if count {
        for counted in count_instructions(&arguments)? {
            if let Some(table) = tables.iter_mut().find(|table| table.title() == counted.title()) {
                table.join(counted, "instructions");
            }
        }
    }
    print(&tables);
    if let Some(file) = picture {
        let page: Vec<&Measured> =
            measured.iter().filter(|measured| measured.group.table == page::TABLE).collect();
        let title = format!("Reading a page of {} rows: time, ours is 1 (less is better)", sizes.rows);
        std::fs::write(&file, plot::svg(&title, &page)).map_err(|error| format!("{file}: {error}"))?;
    }
    Ok(())
}

fn instructions(arguments: &[String]) -> Result<(), String> {
    print(&count_instructions(arguments)?);
    Ok(())
}

fn count_instructions(arguments: &[String]) -> Result<Vec<Table>, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    instructions::tables(cases::named(arguments), &program)
}

fn one(arguments: &[String]) -> Result<(), String> {
    let [case, variant, runs] = arguments else { return Err(USAGE.to_owned()) };
    let case = cases::ALL.iter().find(|each| each.name == case).ok_or("there is no such case")?;
    let group = (case.group)(Sizes::COUNTED);
    let variant = variant.parse().ok().and_then(|variant: usize| group.variants.get(variant));
    let variant = variant.ok_or("there is no such variant")?;
    for _ in 0..runs.parse::<usize>().map_err(|error| format!("{runs}: {error}"))? {
        variant.run(&group);
    }
    Ok(())
}

fn list() -> Result<(), String> {
    for case in &cases::ALL {
        println!("{}", case.name);
        for (number, variant) in (case.group)(Sizes::QUICK).variants.iter().enumerate() {
            println!("  {number}  {}", variant.name);
        }
    }
    Ok(())
}

fn print(tables: &[Table]) {
    for table in tables {
        println!("{table}");
    }
}

fn take_flag(arguments: &mut Vec<String>, flag: &str) -> bool {
    let before = arguments.len();
    arguments.retain(|argument| argument != flag);
    arguments.len() < before
}

fn take_option(arguments: &mut Vec<String>, option: &str) -> Result<Option<String>, String> {
    let Some(index) = arguments.iter().position(|argument| argument == option) else { return Ok(None) };
    arguments.remove(index);
    if index == arguments.len() {
        return Err(format!("{option} needs a value"));
    }
    Ok(Some(arguments.remove(index)))
}
