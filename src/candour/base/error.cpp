#include <candour/base/error.hpp>

#include <fmt/format.h>

namespace candour::base {

int exit_status(Cause cause) {
  switch (cause) {
    case Cause::could_not_finish: return 1;
    case Cause::wrong_input: return 2;
    case Cause::refused: return 3;
    case Cause::holding_unreachable: return 4;
    case Cause::internal_fault: return 5;
  }
  return 5;
}

std::string to_text(const Error& error) {
  std::string text;
  if (!error.place.file.empty()) {
    text += error.place.file;
    if (error.place.line != 0) text += fmt::format(":{}", error.place.line);
    if (error.place.column != 0) text += fmt::format(":{}", error.place.column);
    text += ": ";
  }
  text += error.sentence;
  if (!error.hint.empty()) text += "\nhint: " + error.hint;
  return text;
}

}  // namespace candour::base
