//! The command line.

fn main() -> std::process::ExitCode {
    pledgebook::run(std::env::args_os())
}
