#include <candour/cli/manual.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <system_error>

namespace candour::cli {
namespace {

struct StatusLine {
  int status;
  std::string_view meaning;
};
constexpr std::array status_lines{
    StatusLine{0, "Done."},
    StatusLine{1, "Could not finish: the disk is full, a file cannot be read or written, a limit was reached, memory ran out. Nothing half-written is left."},
    StatusLine{2, "The command line, the policy, the case file or a value of a record is wrong. The error names file and line."},
    StatusLine{
        3,
        "Refused: not safe, a leak, a mismatch, a finding, not approved, or nothing but withholding all can be certified. Files are complete, still a draft."},
    StatusLine{4, "A holding cannot be reached, or changed while it was read."},
    StatusLine{5, "An internal fault. Nothing was released."},
};

constexpr std::array required_sections{"## Description", "## Examples", "## See also"};

std::string option_heading(const OptionDescription& option) {
  std::string text = base::joined(option.names, ", ");
  if (!option.value.empty()) text += " " + option.value;
  return text;
}

// A dash, a dot or a backslash means something to man; text must not.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\e";
    else if (c == '-') out += "\\-";
    else out += c;
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

// `code` becomes bold; links keep their words.
std::string roff_line(std::string_view line) {
  std::string out;
  bool bold = false;
  for (std::size_t i = 0; i < line.size();) {
    const auto next = line.find('`', i);
    out += roff(line.substr(i, next == std::string_view::npos ? next : next - i));
    if (next == std::string_view::npos) break;
    bold = !bold;
    out += bold ? "\\fB" : "\\fR";
    i = next + 1;
  }
  return out + "\n";
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c); });
  return text;
}

std::string roff_of_markdown(std::string_view markdown) {
  std::string out;
  bool code = false;
  for (const std::string& line : base::split(markdown, '\n')) {
    if (line.starts_with("```")) {
      code = !code;
      out += code ? ".PP\n.RS 4\n.nf\n" : ".fi\n.RE\n";
    } else if (code) {
      out += roff(line) + "\n";
    } else if (line.starts_with("## ")) {
      out += ".SH " + upper(line.substr(3)) + "\n";
    } else if (line.starts_with("- ")) {
      out += ".IP \\(bu 2\n" + roff_line(std::string_view(line).substr(2));
    } else if (base::trimmed(line).empty()) {
      out += out.ends_with(".PP\n") || out.empty() ? "" : ".PP\n";
    } else if (!line.starts_with("# ")) {
      out += roff_line(base::trimmed(line));
    }
  }
  return out;
}

std::string exit_status_section() {
  std::string text = ".SH EXIT STATUS\n";
  for (const StatusLine& line : status_lines) text += fmt::format(".TP\n.B {}\n{}", line.status, roff_line(line.meaning));
  return text;
}

std::string page_head(std::string_view name, std::string_view summary) {
  return fmt::format(".TH {} 1 \"\" \"candour {}\" \"Candour manual\"\n.SH NAME\n{} \\- {}\n", upper(std::string(name)), CANDOUR_VERSION, roff(name),
                     roff(summary));
}

}  // namespace

std::string page_name(const VerbDescription& verb) {
  std::string name = verb.name;
  std::ranges::replace(name, ' ', '-');
  return name;
}

std::vector<std::string> missing_from_manual(const std::vector<VerbDescription>& verbs, const std::filesystem::path& sections_folder) {
  std::vector<std::string> missing;
  std::set<std::string> names;
  for (const VerbDescription& verb : verbs) {
    names.insert(page_name(verb));
    for (const OptionDescription& option : verb.options)
      if (option.sentence.empty()) missing.push_back(fmt::format("{}: {} has no sentence", verb.name, option.names.front()));
    const auto sections = base::read_file(sections_folder / (page_name(verb) + ".md"));
    if (!sections) {
      missing.push_back(fmt::format("{}: docs/man/{}.md does not exist", verb.name, page_name(verb)));
      continue;
    }
    for (const std::string_view heading : required_sections)
      if (sections->find(fmt::format("{}\n", heading)) == std::string::npos)
        missing.push_back(fmt::format("{}: docs/man/{}.md has no section '{}'", verb.name, page_name(verb), heading));
  }
  std::error_code status;
  for (const auto& entry : std::filesystem::directory_iterator(sections_folder, status))
    if (entry.path().extension() == ".md" && !names.contains(entry.path().stem().string()))
      missing.push_back(fmt::format("docs/man/{} belongs to no verb", entry.path().filename().string()));
  return missing;
}

std::string manual_page(const VerbDescription& verb, std::string_view sections) {
  std::string text = page_head("candour-" + page_name(verb), verb.summary);
  text += ".SH SYNOPSIS\n" + roff_line(usage_line(verb));
  const auto rest = sections.find("## Examples\n");
  text += roff_of_markdown(sections.substr(0, rest));
  text += ".SH OPTIONS\n";
  for (const OptionDescription& option : verb.options) text += ".TP\n.B " + roff(option_heading(option)) + "\n" + roff_line(option.sentence + ".");
  text += exit_status_section();
  if (rest != std::string_view::npos) text += roff_of_markdown(sections.substr(rest));
  return text;
}

std::string manual_page_of_program(const std::vector<VerbDescription>& verbs) {
  std::string text = page_head("candour", "answers statistical freedom-of-information requests without giving anybody away");
  text += ".SH SYNOPSIS\ncandour VERB [OPTIONS] ...\n.SH DESCRIPTION\n";
  text += roff_of_markdown(
      "Candour takes a request and the records that a public authority holds, and gives the most detailed tables that can be proved not to give away what its "
      "policy protects, the letter with its notice, a page for the disclosure log, and a private file with the proof.\n");
  text += ".SH VERBS\n";
  for (const VerbDescription& verb : verbs) text += ".TP\n.B " + roff(verb.name) + "\n" + roff_line(verb.summary + ".");
  text +=
      ".SH ENVIRONMENT\n.TP\n.B CANDOUR_TODAY\nA day as yyyy\\-mm\\-dd that stands for today, for reruns.\n.TP\n.B NO_COLOR\nIf set, no colours on a "
      "terminal.\n";
  return text + exit_status_section();
}

std::string reference_page(const std::vector<VerbDescription>& verbs) {
  std::string text =
      "# Verbs, options and exit status\n\nWritten by `make docs` from the list that the program parses with; do not edit. `man build/man/man1/candour-VERB.1` "
      "says more about each.\n";
  for (const VerbDescription& verb : verbs) {
    text += fmt::format("\n## candour {}\n\n{}.\n\n`{}`\n\n| | |\n|---|---|\n", verb.name, verb.summary, usage_line(verb));
    for (const OptionDescription& option : verb.options) {
      std::string heading = option_heading(option);
      for (std::size_t at = heading.find('|'); at != std::string::npos; at = heading.find('|', at + 2)) heading.insert(at, "\\");
      text += fmt::format("| `{}` | {} |\n", heading, option.sentence);
    }
  }
  text += "\n## Exit status\n\nThe same for every verb.\n\n| status | meaning |\n|---|---|\n";
  for (const StatusLine& line : status_lines) text += fmt::format("| {} | {} |\n", line.status, line.meaning);
  return text;
}

std::string help_text(const VerbDescription& verb) {
  std::string text = fmt::format("{}.\n\nUsage: {}\n\n", verb.summary, usage_line(verb));
  for (const OptionDescription& option : verb.options) {
    const std::string heading = option_heading(option);
    text += heading.size() > 26 ? fmt::format("  {}\n{:30}{}", heading, "", option.sentence) : fmt::format("  {:<26}  {}", heading, option.sentence);
    if (option.is_required && !option.is_argument) text += " (required)";
    text += "\n";
  }
  return text + fmt::format("\nMore: man candour-{}\n", page_name(verb));
}

}  // namespace candour::cli
