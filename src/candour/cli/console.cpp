#include <candour/cli/console.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace candour::cli {
namespace {

bool wants_colour() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0') && terminal != nullptr && std::string_view(terminal) != "dumb";
}

void write(std::FILE* stream, std::string_view text) { std::fwrite(text.data(), 1, text.size(), stream); }

nlohmann::ordered_json to_json(const base::Error& error) {
  nlohmann::ordered_json entry{{"code", error.code}, {"sentence", error.sentence}};
  if (!error.place.file.empty()) entry["file"] = error.place.file;
  if (error.place.line != 0) entry["line"] = error.place.line;
  if (error.place.column != 0) entry["column"] = error.place.column;
  if (!error.hint.empty()) entry["hint"] = error.hint;
  return entry;
}

}  // namespace

Console::Console(OutputForm form) : form_(form), coloured_(wants_colour()) {}

void Console::print(std::string_view text) {
  if (form_ == OutputForm::text) write(stdout, text);
}

void Console::print_json(const nlohmann::ordered_json& document) {
  if (form_ == OutputForm::json) write(stdout, document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

void Console::print_errors(const base::Errors& errors) {
  std::fflush(stdout);
  for (const base::Error& error : errors) {
    const std::string_view name = coloured_ ? "\033[1;31mcandour:\033[0m" : "candour:";
    write(stderr, fmt::format("{} {}\n", name, base::to_text(error)));
  }
  if (form_ == OutputForm::text) return;
  auto list = nlohmann::ordered_json::array();
  for (const base::Error& error : errors) list.push_back(to_json(error));
  print_json({{"errors", std::move(list)}, {"exit_status", errors.empty() ? 0 : base::exit_status(errors.front().cause)}});
}

base::Result<base::Done> Console::finish() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    return base::fail({base::Cause::could_not_finish, "output.unwritable", {}, "standard output cannot be written", "is the disk full, or the pipe closed?"});
  return base::Done{};
}

}  // namespace candour::cli
