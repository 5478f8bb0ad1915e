#include <candour/cli/parameters.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>

namespace candour::cli {
namespace {

void finish(CLI::Option* option, const std::string& value, Presence presence) {
  option->required(presence == Presence::required);
  option->type_name(value);
}

// The words allowed stand in braces in the validator's description, where describe_verbs() finds them.
void one_of(CLI::Option* option, const std::vector<std::string>& choices) {
  option->check(CLI::Validator(
      [choices](const std::string& word) {
        if (std::ranges::find(choices, word) != choices.end()) return std::string();
        const auto nearest = base::nearest_word(word, choices);
        return fmt::format("expected one of {}, got '{}'{}", base::listed(choices), word, nearest ? fmt::format("; did you mean '{}'?", *nearest) : "");
      },
      "{" + base::joined(choices, ",") + "}"));
}

void within(CLI::Option* option, std::int64_t lowest, std::int64_t highest) {
  option->check([lowest, highest](const std::string& word) {
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(word.data(), word.data() + word.size(), number);
    const bool whole = status == std::errc{} && end == word.data() + word.size();
    return whole && lowest <= number && number <= highest ? std::string()
                                                          : fmt::format("expected a whole number from {} to {}, got '{}'", lowest, highest, word);
  });
}

// Words before the first option that takes several would be swallowed by it; one value per mention keeps arguments apart.
void one_value_each(CLI::Option* option) { option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false); }

}  // namespace

void Parameters::argument(const std::string& name, std::string& into, const std::string& sentence, Presence presence) {
  finish(parser_.add_option(name, into, sentence), "", presence);
}

void Parameters::argument(const std::string& name, std::filesystem::path& into, const std::string& sentence, Presence presence) {
  finish(parser_.add_option(name, into, sentence), "", presence);
}

void Parameters::argument_choice(const std::string& name, std::string& into, const std::vector<std::string>& choices, const std::string& sentence) {
  auto* option = parser_.add_option(name, into, sentence);
  finish(option, "", Presence::required);
  one_of(option, choices);
}

void Parameters::arguments(const std::string& name, std::vector<std::string>& into, const std::string& sentence, Presence presence) {
  finish(parser_.add_option(name, into, sentence), "", presence);
}

void Parameters::option(const std::string& names, const std::string& value, std::string& into, const std::string& sentence, Presence presence) {
  finish(parser_.add_option(names, into, sentence), value, presence);
}

void Parameters::option(const std::string& names, const std::string& value, std::filesystem::path& into, const std::string& sentence, Presence presence) {
  finish(parser_.add_option(names, into, sentence), value, presence);
}

void Parameters::option(const std::string& names, const std::string& value, std::optional<std::string>& into, const std::string& sentence) {
  finish(parser_.add_option_function<std::string>(
             names, [&into](const std::string& text) { into = text; }, sentence),
         value, Presence::optional);
}

void Parameters::option(const std::string& names, const std::string& value, std::optional<std::filesystem::path>& into, const std::string& sentence) {
  finish(parser_.add_option_function<std::string>(
             names, [&into](const std::string& text) { into = std::filesystem::path(text); }, sentence),
         value, Presence::optional);
}

void Parameters::option(const std::string& names, const std::string& value, std::int64_t& into, std::int64_t lowest, std::int64_t highest,
                        const std::string& sentence) {
  auto* option = parser_.add_option(names, into, sentence);
  finish(option, value, Presence::optional);
  within(option, lowest, highest);
}

void Parameters::option(const std::string& names, const std::string& value, std::vector<std::string>& into, const std::string& sentence, Presence presence) {
  auto* option = parser_.add_option(names, into, sentence);
  finish(option, value, presence);
  one_value_each(option);
}

void Parameters::option_choice(const std::string& names, std::string& into, const std::vector<std::string>& choices, const std::string& sentence) {
  auto* option = parser_.add_option(names, into, sentence);
  finish(option, "", Presence::optional);
  one_of(option, choices);
}

void Parameters::flag(const std::string& names, bool& into, const std::string& sentence) { parser_.add_flag(names, into, sentence); }

}  // namespace candour::cli
