#pragma once
// From the words of the command line to one verb's run.

#include <candour/cli/command.hpp>

#include <CLI/App.hpp>

#include <string>
#include <vector>

namespace candour::cli {

/// Runs the program with the words that follow its name. Gives the exit status; errors are already printed.
/// Exceptions of our own faults pass through to main.
[[nodiscard]] int run_program(const std::vector<std::string>& words);

/// Gives the parser of a verb: the verb's own arguments and options, and the ones that every verb has.
void describe_verb(Command& command, CLI::App& parser, bool& json);

/// Gives the help of the whole program: every verb with its summary.
[[nodiscard]] std::string program_help();

}  // namespace candour::cli
