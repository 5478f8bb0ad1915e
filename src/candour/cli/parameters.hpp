#pragma once
// What a verb takes from the command line. Keeps the parser library, which is slow to compile, out of the verbs.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace candour::cli {

enum class Presence { required, optional };

/// Collects the arguments and options of one verb; each writes into a variable of the verb, which must outlive the parsing.
/// `names` is as typed: "-o,--out". `value` names what follows, in capitals: "FILE". Each has a sentence for help, manual and completion.
class Parameters {
 public:
  explicit Parameters(CLI::App& parser) : parser_(parser) {}

  /// An argument by its place, such as CASE.
  void argument(const std::string& name, std::string& into, const std::string& sentence, Presence presence = Presence::required);
  void argument(const std::string& name, std::filesystem::path& into, const std::string& sentence, Presence presence = Presence::required);
  /// An argument that is one of a few words.
  void argument_choice(const std::string& name, std::string& into, const std::vector<std::string>& choices, const std::string& sentence);
  /// All arguments that are left.
  void arguments(const std::string& name, std::vector<std::string>& into, const std::string& sentence, Presence presence = Presence::required);

  void option(const std::string& names, const std::string& value, std::string& into, const std::string& sentence, Presence presence = Presence::optional);
  void option(const std::string& names, const std::string& value, std::filesystem::path& into, const std::string& sentence,
              Presence presence = Presence::optional);
  void option(const std::string& names, const std::string& value, std::optional<std::string>& into, const std::string& sentence);
  void option(const std::string& names, const std::string& value, std::optional<std::filesystem::path>& into, const std::string& sentence);
  /// A whole number from `lowest` to `highest`.
  void option(const std::string& names, const std::string& value, std::int64_t& into, std::int64_t lowest, std::int64_t highest, const std::string& sentence);
  /// May be given several times.
  void option(const std::string& names, const std::string& value, std::vector<std::string>& into, const std::string& sentence,
              Presence presence = Presence::optional);
  /// One of a few words; what `into` holds before is the default.
  void option_choice(const std::string& names, std::string& into, const std::vector<std::string>& choices, const std::string& sentence);
  /// Present or not.
  void flag(const std::string& names, bool& into, const std::string& sentence);

 private:
  CLI::App& parser_;
};

}  // namespace candour::cli
