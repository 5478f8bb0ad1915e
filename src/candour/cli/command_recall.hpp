#pragma once
// candour sent, candour recall: to whom an answer went, and how it is called back.

#include <candour/cli/command.hpp>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_recall_command();
[[nodiscard]] std::unique_ptr<Command> make_sent_command();

}  // namespace candour::cli
