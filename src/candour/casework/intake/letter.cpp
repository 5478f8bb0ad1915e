#include <candour/casework/intake/letter.hpp>

#include <candour/base/text.hpp>
#include <candour/casework/intake/pattern.hpp>
#include <candour/formats/mail_message.hpp>

#include <algorithm>
#include <set>

namespace candour::casework::intake {
namespace {

constexpr std::size_t largest_text = 1'000'000;
constexpr std::string_view mask = "[the requester]";

using Lines = std::vector<std::string>;

/// Line ends, blanks of all widths and invisible characters as plain ones.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\r\n")) continue;
    if (rest[0] == '\r') out += '\n';
    else if (rest[0] == '\t') out += ' ';
    else if (rest.starts_with("\xC2\xA0") || rest.starts_with("\xC2\xAD")) out += rest[1] == '\xA0' ? " " : "", ++i;
    else if (rest.starts_with("\xE2\x80\x8B") || rest.starts_with("\xEF\xBB\xBF")) i += 2;
    else if (static_cast<unsigned char>(rest[0]) >= 32 || rest[0] == '\n') out += rest[0];
  }
  return out;
}

Lines lines_of(std::string_view text) { return base::split(text, '\n'); }

bool is_blank(std::string_view line) { return base::trimmed(line).empty(); }

const Pattern& quoted_line() {
  static const Pattern pattern("^ {0,3}(>|\\|)");
  return pattern;
}

/// The line at which an older letter begins that this one carries along.
bool begins_older_letter(const Lines& lines, std::size_t at) {
  static const Pattern rule("^ *(-{2,} ?(original|forwarded) (message|appointment)|begin forwarded message|_{20,} *$)");
  static const Pattern wrote("^ *on .{5,150}(wrote|writes) ?: *$");
  static const Pattern begins("^ *on .{5,150}$");
  static const Pattern from("^ *\\*?from ?:");
  static const Pattern header("^ *\\*?(sent|to|date|subject|cc) ?:");
  const std::string& line = lines[at];
  if (rule.in(line) || wrote.in(line)) return true;
  if (begins.in(line) && at + 1 < lines.size() && wrote.in(line + " " + lines[at + 1])) return true;
  if (!from.in(line)) return false;
  const std::size_t until = std::min(lines.size(), at + 4);
  return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, lines.begin() + static_cast<std::ptrdiff_t>(until),
                     [](const std::string& next) { return header.in(next); });
}

bool looks_like_name(std::string_view line);

/// "A. Tester" is a name and no item.
bool begins_item(std::string_view line) {
  static const Pattern item("^ *(q(uestion)? ?[0-9]|\\(?[0-9]{1,2}[.):]|\\(?([a-z]|[ivx]{2,4})[.)] |[-*\xE2\x80\xA2] )");
  return item.in(line) && !looks_like_name(line);
}

bool is_small_print(std::string_view line) {
  static const Pattern small_print(
      "(this e-?mail|any attachments).{0,80}(confidential|intended)|intended (solely|only) for|sent from my (iphone|ipad|android|phone|samsung|mobile)|"
      "do not print|please consider the environment|think before you print|virus|registered (office|charity|in england)|get outlook for");
  return small_print.in(line);
}

const Pattern& closing() {
  static const Pattern pattern(
      "^ *((yours|your's)( (faithfully|sincerely|truly|in [a-z]+))?|(kind(est)?|best|warm(est)?|many|with)( (kind|best|many))? "
      "?(regards|wishes|thanks)|regards|"
      "thanks( (again|in advance|very much|and regards))?|thank you( (very much|in advance|for your (help|time|assistance)))?|sincerely|cheers|all the best)"
      "( *[,.!-]* *)$");
  return pattern;
}

const Pattern& mail_address() {
  static const Pattern pattern("[a-z0-9._%+'-]+@[a-z0-9.-]+[a-z0-9]");
  return pattern;
}

bool looks_like_name(std::string_view line) {
  static const RE2 name(
      "^\\s*(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Rev)\\.? )?(?:\\p{Lu}[\\p{L}'\xE2\x80\x99-]*\\.?)(?: "
      "(?:van|von|de|der|da|bin|al|of|for|and|&|the))*"
      "(?: \\p{Lu}[\\p{L}'\xE2\x80\x99-]*\\.?){1,3}\\s*$");
  return line.size() <= 60 && RE2::FullMatch(re2::StringPiece(line.data(), line.size()), name);
}

bool looks_like_contact(std::string_view line) {
  static const Pattern contact("(@|\\+?[0-9][0-9 ()-]{8,}|\\b[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\\b|^ *(tel|phone|mobile|e-?mail|address) ?[:.])");
  static const Pattern house("^ *[0-9]+[a-z]? [a-z]+ [a-z' ]{3,40}$");
  static const Pattern street("^ *[0-9]+[a-z]?,? [a-z' ]+(row|street|road|lane|hill|avenue|close|drive|way|court|place|square|gardens|terrace|crescent)\\b");
  return contact.in(line) || street.in(line) || house.in(line);
}

/// Where the sign-off begins: at the last closing line behind which nothing is asked, or at the last lines if they are a name and how to reach it.
std::size_t sign_off_at(const Lines& lines) {
  for (std::size_t at = lines.size(), looked_at = 0; at-- > 0 && looked_at < 30;) {
    if (is_blank(lines[at])) continue;
    ++looked_at;
    if (closing().in(lines[at])) return at;
    if (begins_item(lines[at]) || lines[at].find('?') != std::string::npos) break;
  }
  std::size_t at = lines.size();
  bool tells_who = false;
  for (std::size_t i = lines.size(), taken = 0; i-- > 0 && taken < 8;) {
    if (is_blank(lines[i])) {
      if (tells_who) break;
      continue;
    }
    const std::string_view line = base::trimmed(lines[i]);
    if (line.size() > 70 || begins_item(lines[i]) || line.find('?') != std::string_view::npos || line.ends_with('.') || line.ends_with(':')) break;
    const std::string_view first = base::trimmed(line.substr(0, line.find(',')));
    tells_who = tells_who || looks_like_contact(line) || looks_like_name(line) || (first.size() < line.size() && looks_like_name(first));
    at = i;
    ++taken;
  }
  return tells_who ? at : lines.size();
}

/// "... Yours, A Name, 9 Mill Lane, Town" at the end of a long line.
void cut_closing_inside_line(Lines& lines, Lines& sign_off) {
  static const Pattern inside("[.!?] +((yours( (faithfully|sincerely|truly))?|(kind|best) (regards|wishes)|regards|many thanks),? +.{3,150})$");
  for (std::size_t i = lines.size(); i-- > 0;) {
    if (is_blank(lines[i])) continue;
    if (const auto found = inside.find(lines[i])) {
      for (const std::string& part : base::split(found->groups[0], ',')) sign_off.emplace_back(base::trimmed(part));
      lines[i].resize(found->at + 1);
    }
    return;
  }
}

Sender sender_in(const Lines& sign_off) {
  Sender sender;
  std::vector<std::string> address;
  bool after_closing = false;
  for (const std::string& raw : sign_off) {
    if (closing().in(raw)) {
      after_closing = true;
      continue;
    }
    for (const std::string& piece : base::split(raw, ',')) {
      const std::string line(base::trimmed(piece));
      if (line.empty() || line == "--") continue;
      if (const auto mail = mail_address().find(line)) {
        if (sender.address.empty()) sender.address = line.substr(mail->at, mail->length);
      } else if (sender.name.empty() && (looks_like_name(line) || (after_closing && line.size() <= 60)) && !looks_like_contact(line)) {
        sender.name = line;
      } else if (!sender.name.empty() && line.size() < 60 && line.find('?') == std::string::npos && (looks_like_contact(line) || !address.empty())) {
        address.push_back(line);
      }
    }
  }
  if (sender.address.empty()) sender.address = base::joined(address, ", ");
  return sender;
}

/// Gives how often it stood there as words of its own, whatever its capitals.
int replace_all(std::string& text, const std::string& what) {
  if (what.size() < 3) return 0;
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b)); };
  const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80; };
  std::string out;
  int times = 0;
  for (auto at = text.begin();;) {
    const auto found = std::search(at, text.end(), what.begin(), what.end(), same);
    out.append(at, found);
    if (found == text.end()) break;
    const auto after = found + static_cast<std::ptrdiff_t>(what.size());
    const bool whole = (found == text.begin() || !is_letter(*(found - 1)) || !is_letter(what.front())) &&
                       (after == text.end() || !is_letter(*after) || !is_letter(what.back()));
    out.append(whole ? std::string(mask) : std::string(found, after));
    times += whole ? 1 : 0;
    at = after;
  }
  text = std::move(out);
  return times;
}

/// Takes out of the body what tells who asked: the name, also as "Ms Tester", the e-mail addresses, telephone numbers, postcode and house of the sign-off. A
/// surname alone stays: it can be a word of the request (Ward, Street). Gives how often something was taken out.
int mask_sender(std::string& body, const Sender& sender, const Lines& sign_off) {
  std::set<std::string> words{sender.name, sender.address};
  for (const std::string& line : sign_off) {
    for (const std::string& piece : base::split(line, ',')) {
      const bool is_particular = piece.find_first_of("0123456789@") != std::string::npos;
      if (is_particular && looks_like_contact(piece)) words.insert(std::string(base::trimmed(piece)));
    }
    for (std::size_t from = 0;;) {
      const auto mail = mail_address().find(line, from);
      if (!mail) break;
      words.insert(line.substr(mail->at, mail->length));
      from = mail->end();
    }
  }
  const auto last = base::trimmed(sender.name).rfind(' ');
  if (last != std::string_view::npos)
    for (const char* title : {"Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Mx", "Dr", "Dr.", "Professor", "Prof", "Cllr", "Councillor"})
      words.insert(std::string(title) + sender.name.substr(last));
  std::vector<std::string> longest_first(words.begin(), words.end());
  std::ranges::stable_sort(longest_first, [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  int times = 0;
  for (const std::string& each : longest_first) times += replace_all(body, each);
  return times;
}

/// A sentence below "Thank you" that still says something of the request.
bool is_prose(std::string_view line) {
  static const Pattern postscript("^ *p\\.? ?s\\b");
  const std::string_view text = base::trimmed(line);
  const auto blanks = std::ranges::count(text, ' ');
  return postscript.in(line) || (blanks >= 4 && (text.ends_with('.') || text.ends_with(':') || text.ends_with('!')) && !is_small_print(line));
}

/// "Tester, Lysander" as an address book writes it.
std::string name_in_order(const std::string& name) {
  const auto comma = name.find(',');
  if (comma == std::string::npos) return std::string(base::trimmed(name));
  return std::string(base::trimmed(name.substr(comma + 1))) + " " + std::string(base::trimmed(name.substr(0, comma)));
}

void finish(Letter& letter, Lines lines, Lines sign_off) {
  const std::size_t at = sign_off_at(lines);
  Lines end(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.end());
  lines.resize(at);
  const auto signing = std::stable_partition(end.begin(), end.end(), is_prose);
  if (signing != end.begin()) lines.emplace_back();
  lines.insert(lines.end(), end.begin(), signing);
  sign_off.insert(sign_off.begin(), signing, end.end());
  cut_closing_inside_line(lines, sign_off);
  if (!sign_off.empty()) letter.cut.emplace_back("the sign-off");
  const Sender signed_by = sender_in(sign_off);
  if (letter.sender.name.empty()) letter.sender.name = signed_by.name;
  if (letter.sender.address.empty()) letter.sender.address = signed_by.address;
  sign_off.push_back(signed_by.name);
  while (!lines.empty() && is_blank(lines.back())) lines.pop_back();
  while (!lines.empty() && is_blank(lines.front())) lines.erase(lines.begin());
  letter.body = base::joined(lines, "\n") + "\n";
  letter.masked = mask_sender(letter.body, letter.sender, sign_off) > 0;
  mask_sender(letter.subject, letter.sender, sign_off);
}

/// Cuts what is not the letter itself; what is left goes to `finish`.
void cut(Letter& letter, std::string_view text) {
  static const Pattern platform("please use this e-?mail address for all replies|published on the internet|whatdotheyknow");
  static const Pattern rule("^ *[-_=*]{10,} *$");
  const Lines all = lines_of(plain(text));
  Lines lines, sign_off;
  bool seen_rule = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (begins_older_letter(all, i)) {
      letter.cut.emplace_back("a quoted letter");
      letter.answers_our_letter = true;
      break;
    }
    if (quoted_line().in(all[i])) {
      if (!letter.answers_our_letter) letter.cut.emplace_back("a quoted letter");
      letter.answers_our_letter = true;
      continue;
    }
    const bool is_rule = rule.in(all[i]) && !seen_rule;
    const bool is_end = all[i] == "-- " || all[i] == "--";
    const std::string rest = is_rule || is_end ? base::joined(std::span(all).subspan(i), "\n") : std::string();
    seen_rule = seen_rule || is_rule;
    if (is_end || (is_rule && platform.in(rest))) {
      letter.published_platform = letter.published_platform || platform.in(rest);
      letter.cut.emplace_back("small print");
      for (std::size_t j = i; j < std::min(all.size(), i + 30); ++j)
        if (!platform.in(rest) && (looks_like_contact(all[j]) || looks_like_name(all[j]))) sign_off.push_back(all[j]);
      break;
    }
    if (is_small_print(all[i])) {
      if (letter.cut.empty() || letter.cut.back() != "small print") letter.cut.emplace_back("small print");
      continue;
    }
    lines.push_back(all[i]);
  }
  while (!lines.empty() && is_blank(lines.back())) lines.pop_back();
  finish(letter, std::move(lines), std::move(sign_off));
}

base::Result<Letter> checked(Letter letter) {
  if (base::trimmed(letter.body).empty())
    return base::fail({base::Cause::wrong_input, "intake.empty", {}, "no text of a request is left in it", "look whether the request stands in an attachment"});
  return letter;
}

}  // namespace

Letter cut_letter(std::string_view text) {
  Letter letter;
  cut(letter, text);
  return letter;
}

base::Result<Letter> read_letter(std::string_view bytes, bool is_mail) {
  Letter letter;
  std::string text;
  if (is_mail) {
    CANDOUR_TRY(mail, formats::read_mail(bytes));
    letter.subject = plain(mail.subject);
    letter.sent = mail.sent;
    letter.attachments = mail.attachments;
    letter.sender = {name_in_order(mail.sender_name), mail.sender_address};
    text = std::move(mail.text);
  } else {
    text = base::is_valid_utf8(bytes) ? std::string(bytes) : base::utf8_from_windows_1252(bytes);
  }
  if (text.size() > largest_text)
    return base::fail({base::Cause::wrong_input, "intake.too_large", {}, "the text is longer than a million bytes, expected a request", {}});
  cut(letter, text);
  return checked(std::move(letter));
}

}  // namespace candour::casework::intake
