#pragma once
// An e-mail as a person reads it: its text, whatever its parts, character sets and encodings are. Read with GMime and, where there is only HTML, libxml2.

#include <candour/base/date.hpp>
#include <candour/base/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::formats {

struct MailMessage {
  std::string sender_name;     ///< of From; empty where it only has an address
  std::string sender_address;  ///< of Reply-To, else of From
  std::string subject;
  std::optional<base::Date> sent;  ///< the day in the sender's own zone
  std::string text;                ///< UTF-8; from the HTML part where there is no plain one
  int attachments = 0;             ///< other parts, which were not read
};

/// Reads an RFC 5322 message. Text that is in no sound character set is read as Windows-1252. Nothing is fetched and nothing is run.
/// Errors: wrong_input "mail.malformed" where there are no headers; could_not_finish "mail.too_large" above 50 MB.
[[nodiscard]] base::Result<MailMessage> read_mail(std::string_view bytes);

/// The text of a page as its lines: blocks and line breaks begin a line, list items begin with "1. " or "- ", quoted blocks with "> ".
[[nodiscard]] std::string text_of_html(std::string_view html);

}  // namespace candour::formats
