#pragma once
// candour verify: re-adds the certificate of an answer.

#include <candour/cli/command.hpp>

#include <memory>

namespace candour::cli {

[[nodiscard]] std::unique_ptr<Command> make_verify_command();

}  // namespace candour::cli
