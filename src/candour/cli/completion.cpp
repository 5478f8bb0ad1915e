#include <candour/cli/completion.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <map>

namespace candour::cli {
namespace {

std::string option_words(const VerbDescription& verb) {
  std::vector<std::string> words;
  for (const OptionDescription& option : verb.options) {
    if (option.is_argument) words.insert(words.end(), option.choices.begin(), option.choices.end());
    else words.insert(words.end(), option.names.begin(), option.names.end());
  }
  return base::joined(words, " ");
}

// The words after the program's name, and the second words of verbs that have two: "case" -> "list new status".
struct VerbWords {
  std::string first;
  std::map<std::string, std::string> second;
};

VerbWords words_of(const std::vector<VerbDescription>& verbs) {
  VerbWords words;
  std::string last;
  for (const VerbDescription& verb : verbs) {
    const auto parts = base::split(verb.name, ' ');
    if (parts[0] != last) words.first += parts[0] + " ";
    last = parts[0];
    if (parts.size() == 2) words.second[parts[0]] += parts[1] + " ";
  }
  return words;
}

// A sentence inside single quotes of a shell.
std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// The shell function that both bash and zsh use: it fills `words_now` for the verb typed so far.
std::string word_cases(const std::vector<VerbDescription>& verbs) {
  const VerbWords words = words_of(verbs);
  std::string text = "  case \"$verb\" in\n";
  for (const VerbDescription& verb : verbs) text += fmt::format("    {}) words_now={} ;;\n", shell_quoted(verb.name), shell_quoted(option_words(verb)));
  for (const auto& [first, second] : words.second) text += fmt::format("    {}) words_now={} ;;\n", shell_quoted(first), shell_quoted(second));
  for (const auto& [first, second] : words.second) text += fmt::format("    {}\\ *) words_now={} ;;\n", first, shell_quoted(second));
  return text + fmt::format("    *) words_now={} ;;\n  esac\n", shell_quoted(words.first + "--help --version"));
}

std::string choice_cases(const std::vector<VerbDescription>& verbs) {
  std::string text = "  case \"$verb:$previous\" in\n";
  for (const VerbDescription& verb : verbs)
    for (const OptionDescription& option : verb.options)
      if (!option.is_argument && !option.choices.empty())
        for (const std::string& name : option.names)
          text += fmt::format("    {}) words_now={} ;;\n", shell_quoted(verb.name + ":" + name), shell_quoted(base::joined(option.choices, " ")));
  return text + "  esac\n";
}

// Verbs of two words swallow the second word; all others are known by the first.
std::string verb_lines(const std::vector<VerbDescription>& verbs, std::string_view first, std::string_view second, std::string_view typing_third) {
  std::string names;
  for (const auto& [name, unused] : words_of(verbs).second) names += (names.empty() ? "" : "|") + name;
  std::string text = fmt::format("  verb={}\n", first);
  if (!names.empty()) text += fmt::format("  case \"$verb\" in {}) if {}; then verb=\"$verb \"{}; fi ;; esac\n", names, typing_third, second);
  return text;
}

}  // namespace

std::string bash_completion(const std::vector<VerbDescription>& verbs) {
  return "# Completion of candour for bash: source this file, or put it into /etc/bash_completion.d.\n"
         "_candour() {\n"
         "  local now=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb='' words_now=''\n"
         "  if [ \"$COMP_CWORD\" -gt 1 ]; then\n" +
         verb_lines(verbs, "${COMP_WORDS[1]}", "${COMP_WORDS[2]}", "[ \"$COMP_CWORD\" -gt 2 ]") + "  fi\n" + word_cases(verbs) + choice_cases(verbs) +
         "  # Options are offered once a dash is typed; otherwise words, and files where there are none.\n"
         "  case \"$now\" in -*) ;; *) words_now=$(printf '%s\\n' $words_now | grep -v '^-') ;; esac\n"
         "  COMPREPLY=($(compgen -W \"$words_now\" -- \"$now\"))\n"
         "}\n"
         "complete -o default -F _candour candour\n";
}

std::string zsh_completion(const std::vector<VerbDescription>& verbs) {
  return "#compdef candour\n"
         "# Completion of candour for zsh: name this file _candour in a folder of $fpath.\n"
         "_candour() {\n"
         "  local previous=${words[CURRENT-1]} verb='' words_now=''\n"
         "  if (( CURRENT > 2 )); then\n" +
         verb_lines(verbs, "${words[2]}", "${words[3]}", "(( CURRENT > 3 ))") + "  fi\n" + word_cases(verbs) + choice_cases(verbs) +
         "  compadd -- ${=words_now}\n"
         "  _files\n"
         "}\n"
         "compdef _candour candour\n";
}

std::string fish_completion(const std::vector<VerbDescription>& verbs) {
  std::string text = "# Completion of candour for fish: put this file into ~/.config/fish/completions/candour.fish.\n";
  std::string last;
  for (const VerbDescription& verb : verbs) {
    const auto parts = base::split(verb.name, ' ');
    const bool two_words = parts.size() == 2;
    if (parts[0] != last)
      text +=
          fmt::format("complete -c candour -n __fish_use_subcommand -a {} -d {}\n", parts[0], shell_quoted(two_words ? "Verbs of " + parts[0] : verb.summary));
    last = parts[0];
    std::string condition = fmt::format("__fish_seen_subcommand_from {}", parts[0]);
    if (two_words) {
      text += fmt::format("complete -c candour -n {} -a {} -d {}\n", shell_quoted(condition), parts[1], shell_quoted(verb.summary));
      condition += fmt::format("; and __fish_seen_subcommand_from {}", parts[1]);
    }
    for (const OptionDescription& option : verb.options) {
      if (option.is_argument) {
        if (!option.choices.empty())
          text += fmt::format("complete -c candour -n {} -x -a {}\n", shell_quoted(condition), shell_quoted(base::joined(option.choices, " ")));
        continue;
      }
      std::string line = fmt::format("complete -c candour -n {}", shell_quoted(condition));
      for (const std::string& name : option.names) line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!option.choices.empty()) line += " -x -a " + shell_quoted(base::joined(option.choices, " "));
      else if (!option.value.empty()) line += " -r";
      text += line + " -d " + shell_quoted(option.sentence) + "\n";
    }
  }
  return text;
}

}  // namespace candour::cli
