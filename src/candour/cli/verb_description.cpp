#include <candour/cli/verb_description.hpp>

#include <candour/base/text.hpp>
#include <candour/cli/commands.hpp>
#include <candour/cli/program.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>

namespace candour::cli {
namespace {

// CLI11 writes the words allowed as "{a,b,c}" into the name of the option's type.
std::vector<std::string> choices_in(const std::string& type) {
  const auto open = type.find('{');
  const auto close = type.find('}', open);
  if (open == std::string::npos || close == std::string::npos) return {};
  return base::split(std::string_view(type).substr(open + 1, close - open - 1), ',');
}

OptionDescription describe_option(const CLI::Option& option) {
  OptionDescription description;
  description.is_argument = option.get_positional();
  if (description.is_argument) description.names.push_back(option.get_name(true));
  for (const auto& name : option.get_snames()) description.names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) description.names.push_back("--" + name);
  description.choices = choices_in(option.get_type_name());
  const bool takes_value = !description.is_argument && option.get_type_size_max() != 0 && option.get_expected_max() != 0;
  if (takes_value) description.value = description.choices.empty() ? option.get_type_name() : base::joined(description.choices, "|");
  description.sentence = option.get_description();
  description.is_required = option.get_required();
  return description;
}

}  // namespace

std::vector<VerbDescription> describe_verbs() {
  std::vector<VerbDescription> verbs;
  for (const CommandEntry& entry : commands()) {
    CLI::App parser;
    bool json = false;
    const auto command = entry.make();
    describe_verb(*command, parser, json);
    VerbDescription verb{std::string(entry.name), std::string(entry.folder), std::string(entry.summary), {}};
    for (const CLI::Option* option : std::as_const(parser).get_options()) verb.options.push_back(describe_option(*option));
    std::stable_partition(verb.options.begin(), verb.options.end(), [](const OptionDescription& option) { return option.is_argument; });
    verbs.push_back(std::move(verb));
  }
  return verbs;
}

std::string usage_line(const VerbDescription& verb) {
  std::string line = "candour " + verb.name + " [OPTIONS]";
  for (const OptionDescription& option : verb.options)
    if (option.is_argument) line += option.is_required ? " " + option.names.front() : " [" + option.names.front() + "]";
  return line;
}

}  // namespace candour::cli
