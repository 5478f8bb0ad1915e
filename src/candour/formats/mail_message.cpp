#include <candour/formats/mail_message.hpp>

#include <candour/base/text.hpp>

#include <gmime/gmime.h>

#include <memory>

namespace candour::formats {
namespace {

constexpr std::size_t largest_message = 50'000'000;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::string text_or_empty(const char* text) { return text == nullptr ? std::string() : std::string(text); }

std::string in_utf8(std::string text) {
  std::erase(text, '\0');
  return base::is_valid_utf8(text) ? text : base::utf8_from_windows_1252(text);
}

std::string text_of_part(GMimePart* part) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  const std::string raw(reinterpret_cast<const char*>(bytes->data), bytes->len);
  const char* charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
  if (charset != nullptr && !base::is_valid_utf8(raw)) {
    if (iconv_t converter = g_mime_iconv_open("utf-8", charset); converter != reinterpret_cast<iconv_t>(-1)) {
      char* converted = g_mime_iconv_strndup(converter, raw.data(), raw.size());
      g_mime_iconv_close(converter);
      const std::string text = text_or_empty(converted);
      g_free(converted);
      if (!text.empty()) return in_utf8(text);
    }
  }
  return in_utf8(raw);
}

/// The parts of a message by what they are for a reader.
struct Parts {
  std::string plain, html;
  int others = 0;
};

void take_part(GMimeObject*, GMimeObject* object, gpointer data) {
  auto& parts = *static_cast<Parts*>(data);
  if (GMIME_IS_MULTIPART(object)) return;
  GMimeContentType* type = g_mime_object_get_content_type(object);
  const char* disposition = g_mime_object_get_disposition(object);
  const bool attached = disposition != nullptr && g_ascii_strcasecmp(disposition, "attachment") == 0;
  if (!GMIME_IS_PART(object) || attached || !g_mime_content_type_is_type(type, "text", "*")) {
    ++parts.others;
  } else if (g_mime_content_type_is_type(type, "text", "html")) {
    parts.html += text_of_part(GMIME_PART(object));
  } else {
    parts.plain += text_of_part(GMIME_PART(object));
  }
}

void take_sender(GMimeMessage* message, MailMessage& into) {
  for (InternetAddressList* list : {g_mime_message_get_from(message), g_mime_message_get_reply_to(message)}) {
    if (list == nullptr || internet_address_list_length(list) == 0) continue;
    InternetAddress* first = internet_address_list_get_address(list, 0);
    if (!INTERNET_ADDRESS_IS_MAILBOX(first)) continue;
    const std::string address = text_or_empty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first)));
    if (!address.empty()) into.sender_address = in_utf8(address);
    const std::string name = text_or_empty(internet_address_get_name(first));
    if (into.sender_name.empty()) into.sender_name = in_utf8(name);
  }
}

std::optional<base::Date> day_of(GDateTime* time) {
  if (time == nullptr) return std::nullopt;
  const base::Date day{std::chrono::year{g_date_time_get_year(time)}, std::chrono::month{static_cast<unsigned>(g_date_time_get_month(time))},
                       std::chrono::day{static_cast<unsigned>(g_date_time_get_day_of_month(time))}};
  return day.ok() ? std::optional(day) : std::nullopt;
}

}  // namespace

base::Result<MailMessage> read_mail(std::string_view bytes) {
  if (bytes.size() > largest_message)
    return base::fail({base::Cause::could_not_finish, "mail.too_large", {}, "the message is larger than 50 MB", "save its text as a file of its own"});
  static const bool ready = [] {
    g_mime_init();
    return true;
  }();
  static_cast<void>(ready);
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message || (g_mime_message_get_from(message.get()) == nullptr && g_mime_message_get_subject(message.get()) == nullptr))
    return base::fail({base::Cause::wrong_input, "mail.malformed", {}, "this is not an e-mail with headers", "save the message as .eml, or its text as .txt"});
  MailMessage mail;
  take_sender(message.get(), mail);
  mail.subject = in_utf8(text_or_empty(g_mime_message_get_subject(message.get())));
  mail.sent = day_of(g_mime_message_get_date(message.get()));
  Parts parts;
  if (GMimeObject* top = g_mime_message_get_mime_part(message.get()); top != nullptr) {
    take_part(nullptr, top, &parts);
    if (GMIME_IS_MULTIPART(top)) g_mime_multipart_foreach(GMIME_MULTIPART(top), take_part, &parts);
  }
  mail.text = !base::trimmed(parts.plain).empty() ? parts.plain : text_of_html(parts.html);
  mail.attachments = parts.others;
  return mail;
}

}  // namespace candour::formats
