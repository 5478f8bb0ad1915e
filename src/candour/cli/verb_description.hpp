#pragma once
// What a verb takes, as data: read off the same parser that reads the command line, so help, manual and completion cannot differ from it.

#include <string>
#include <vector>

namespace candour::cli {

/// One option or argument of a verb.
struct OptionDescription {
  std::vector<std::string> names;    ///< with their dashes; an argument has one name in capitals
  std::string value;                 ///< what follows it, such as "FILE"; empty for a flag
  std::vector<std::string> choices;  ///< the only words allowed; empty if free
  std::string sentence;
  bool is_argument = false;
  bool is_required = false;
};

struct VerbDescription {
  std::string name;  ///< "answer", "case new"
  std::string folder;
  std::string summary;
  std::vector<OptionDescription> options;  ///< arguments first, in their order; then options in the order in which they were added
};

/// Gives every verb of the program in alphabetical order.
[[nodiscard]] std::vector<VerbDescription> describe_verbs();

/// Gives "candour answer [OPTIONS] CASE".
[[nodiscard]] std::string usage_line(const VerbDescription& verb);

}  // namespace candour::cli
