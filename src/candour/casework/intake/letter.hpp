#pragma once
// A letter or e-mail cut into what was asked and who asked. Only the first goes into the case; the second goes into requester.toml and nowhere else.

#include <candour/base/date.hpp>
#include <candour/base/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::casework::intake {

/// Who asked, as far as the letter says.
struct Sender {
  std::string name;
  std::string address;  ///< an e-mail address, or a postal one in one line
};

struct Letter {
  std::string subject;             ///< of an e-mail; else empty
  std::optional<base::Date> sent;  ///< of an e-mail
  std::string body;                ///< what was asked: no headers, quoted letters, sign-off or small print; the sender's name and addresses masked
  Sender sender;
  std::vector<std::string> cut;     ///< what was left out, by its kind: "a quoted letter", "the sign-off", "small print"
  bool masked = false;              ///< the sender's name or address stood in the body too
  int attachments = 0;              ///< which were not read
  bool published_platform = false;  ///< it came through a site that publishes all replies
  bool answers_our_letter = false;  ///< it quotes one
};

/// Cuts a plain text.
[[nodiscard]] Letter cut_letter(std::string_view text);
/// Reads a file's bytes: an e-mail where `is_mail`, else a text in UTF-8 or Windows-1252. Errors as formats::read_mail;
/// wrong_input "intake.empty" where no text is left, "intake.too_large" above a million bytes of text.
[[nodiscard]] base::Result<Letter> read_letter(std::string_view bytes, bool is_mail);

}  // namespace candour::casework::intake
