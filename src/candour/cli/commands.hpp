#pragma once
// The one list of verbs: it drives parsing, help, completion, manual pages and their tests.

#include <candour/cli/command.hpp>

#include <span>

namespace candour::cli {

/// Gives all verbs in alphabetical order.
[[nodiscard]] std::span<const CommandEntry> commands();

}  // namespace candour::cli
