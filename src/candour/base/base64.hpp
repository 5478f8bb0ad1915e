#pragma once
// Bytes as text: base64 as RFC 4648 has it, with padding (libsodium).

#include <optional>
#include <string>
#include <string_view>

namespace candour::base {

[[nodiscard]] std::string to_base64(std::string_view bytes);

/// Gives the bytes, or nothing where the text is not base64 to its end.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace candour::base
