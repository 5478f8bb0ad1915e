#include <candour/cli/program.hpp>

#include <candour/base/text.hpp>
#include <candour/cli/commands.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/manual.hpp>
#include <candour/cli/parameters.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <optional>

namespace candour::cli {
namespace {

using base::Cause;
using base::Error;
using base::Errors;

int fail_with(Console& console, const Errors& errors) {
  console.print_errors(errors);
  return base::exit_status(errors.front().cause);
}

int finish_with(Console& console, ExitStatus status) {
  if (const auto finished = console.finish(); !finished) return fail_with(console, {finished.error()});
  return static_cast<int>(status);
}

// The verb that the words begin with, and how many words its name has.
struct Chosen {
  const CommandEntry* entry;
  std::size_t words;
};

std::optional<Chosen> chosen_verb(const std::vector<std::string>& words) {
  for (const std::size_t length : {std::size_t{2}, std::size_t{1}}) {
    if (words.size() < length) continue;
    const std::string name = length == 2 ? words[0] + " " + words[1] : words[0];
    const auto found = std::ranges::find(commands(), name, &CommandEntry::name);
    if (found != commands().end()) return Chosen{&*found, length};
  }
  return std::nullopt;
}

Error unknown_verb(const std::vector<std::string>& words) {
  std::vector<std::string> names;
  std::vector<std::string> second_words;
  for (const CommandEntry& entry : commands()) {
    const auto parts = base::split(entry.name, ' ');
    if (parts.size() == 2 && parts[0] == words[0]) second_words.push_back(parts[1]);
    names.push_back(parts[0]);
  }
  if (!second_words.empty())
    return {Cause::wrong_input,
            "command_line.unknown_verb",
            {},
            words.size() < 2 ? fmt::format("'{}' wants a second word", words[0]) : fmt::format("'{} {}' is not a verb", words[0], words[1]),
            fmt::format("one of {}", base::listed(second_words))};
  const auto nearest = base::nearest_word(words[0], names);
  return {Cause::wrong_input,
          "command_line.unknown_verb",
          {},
          fmt::format("'{}' is not a verb", words[0]),
          nearest ? fmt::format("did you mean '{}'?", *nearest) : std::string("candour --help lists them")};
}

// CLI11 says what is wrong; the hint is ours: the nearest option where one was misspelt.
Error wrong_command_line(const CLI::App& parser, const CLI::ParseError& error, std::string_view verb) {
  std::vector<std::string> names;
  for (const CLI::Option* option : parser.get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  std::string sentence = error.what();
  std::string hint = fmt::format("candour {} --help shows what it takes", verb);
  for (const auto& word : parser.remaining()) {
    if (!word.starts_with("-")) continue;
    const std::string name = word.substr(0, word.find('='));
    sentence = fmt::format("'{}' has no option {}", verb, name);
    if (const auto nearest = base::nearest_word(name, names)) hint = fmt::format("did you mean {}?", *nearest);
  }
  std::ranges::replace(sentence, '\n', ' ');
  return {Cause::wrong_input, "command_line.wrong", {}, std::string(base::trimmed(sentence)), hint};
}

bool asks_for_json(const std::vector<std::string>& words) { return std::ranges::find(words, "--json") != words.end(); }

int run_verb(const Chosen& chosen, const std::vector<std::string>& words) {
  CLI::App parser(std::string(chosen.entry->summary) + ".", "candour " + std::string(chosen.entry->name));
  bool json = false;
  const auto command = chosen.entry->make();
  describe_verb(*command, parser, json);
  // CLI11 takes the words in reverse order.
  std::vector<std::string> reversed(words.rbegin(), words.rend() - static_cast<std::ptrdiff_t>(chosen.words));
  Console console(asks_for_json(words) ? OutputForm::json : OutputForm::text);
  try {
    parser.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    Console people(OutputForm::text);
    const auto verbs = describe_verbs();
    people.print(help_text(*std::ranges::find(verbs, chosen.entry->name, &VerbDescription::name)));
    return finish_with(people, ExitStatus::done);
  } catch (const CLI::ParseError& error) {
    return fail_with(console, {wrong_command_line(parser, error, chosen.entry->name)});
  }
  const auto outcome = command->run(console);
  if (!outcome) return fail_with(console, outcome.error());
  return finish_with(console, *outcome);
}

}  // namespace

void describe_verb(Command& command, CLI::App& parser, bool& json) {
  parser.set_help_flag("-h,--help", "Say what the verb does and what it takes");
  Parameters parameters(parser);
  command.describe(parameters);
  parser.add_flag("--json", json, "Print one JSON document for programs in place of text for people");
}

std::string program_help() {
  std::string text =
      "Candour answers statistical freedom-of-information requests without giving anybody away.\n\nUsage: candour VERB [OPTIONS] ...\n\nVerbs:\n";
  for (const CommandEntry& entry : commands()) text += fmt::format("  {:<18} {}\n", entry.name, entry.summary);
  text += "\nOptions:\n  -h, --help         Print this text; candour VERB --help tells more about one verb\n      --version      Print the version\n";
  text +=
      "\nExit status: 0 done; 1 could not finish; 2 wrong command line, case file or record value; 3 refused: not safe;\n"
      "4 holding unreachable or changed; 5 internal fault.\n";
  return text;
}

int run_program(const std::vector<std::string>& words) {
  Console console(asks_for_json(words) ? OutputForm::json : OutputForm::text);
  if (words.empty()) return fail_with(console, {Error{Cause::wrong_input, "command_line.no_verb", {}, "a verb is missing", "candour --help lists them"}});
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    Console people(OutputForm::text);
    people.print(program_help());
    return finish_with(people, ExitStatus::done);
  }
  if (words[0] == "--version") {
    console.print("candour " CANDOUR_VERSION "\n");
    console.print_json({{"name", "candour"}, {"version", CANDOUR_VERSION}});
    return finish_with(console, ExitStatus::done);
  }
  const auto chosen = chosen_verb(words);
  if (!chosen) return fail_with(console, {unknown_verb(words)});
  return run_verb(*chosen, words);
}

}  // namespace candour::cli
