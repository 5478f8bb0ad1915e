#pragma once
// candour review: an internal review, opened and decided.

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_review_command();

}  // namespace candour::cli
