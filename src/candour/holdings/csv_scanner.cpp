#include <candour/holdings/csv_scanner.hpp>

#include <utility>

namespace candour::holdings {

base::Error CsvScanner::malformed(std::string_view code, std::string sentence, std::string hint) const {
  return {base::Cause::wrong_input, std::string(code), {file_, line_, 0}, std::move(sentence), std::move(hint)};
}

void CsvScanner::end_field() {
  row_.fields.push_back(std::move(field_));
  field_ = {};
  state_ = State::field_start;
}

base::Result<base::Done> CsvScanner::end_row() {
  end_field();
  CANDOUR_TRY_DONE(sink_(row_));
  row_.fields.clear();
  row_.line = line_;
  return base::Done{};
}

base::Result<base::Done> CsvScanner::take_byte(char byte) {
  if (state_ == State::quoted) {
    if (byte == '"') state_ = State::after_quote;
    else field_.text += byte;
    if (byte == '\n') ++line_;
    return base::Done{};
  }
  if (carriage_return_ && byte != '\n') {  // a carriage return that ends no line is text
    carriage_return_ = false;
    if (state_ == State::after_quote)
      return base::fail(malformed("csv.text_after_quote", "text follows a closing quote", "a quote inside a quoted field is written twice"));
    field_.text += '\r';
    state_ = State::unquoted;
  }
  if (byte == '\n') {
    carriage_return_ = false;
    ++line_;
    return end_row();
  }
  if (byte == '\r') {
    carriage_return_ = true;
    return base::Done{};
  }
  if (byte == delimiter_) {
    end_field();
    return base::Done{};
  }
  if (byte == '"') {
    if (state_ == State::unquoted)
      return base::fail(malformed("csv.stray_quote", "a quote stands inside an unquoted field", "quote the whole field and write the quote twice"));
    if (state_ == State::after_quote) field_.text += '"';
    else quote_line_ = line_;
    field_.quoting = Quoting::quoted;
    state_ = State::quoted;
    return base::Done{};
  }
  if (state_ == State::after_quote)
    return base::fail(malformed("csv.text_after_quote", "text follows a closing quote", "a quote inside a quoted field is written twice"));
  field_.text += byte;
  state_ = State::unquoted;
  return base::Done{};
}

base::Result<base::Done> CsvScanner::take(std::string_view bytes) {
  for (const char byte : bytes) CANDOUR_TRY_DONE(take_byte(byte));
  return base::Done{};
}

base::Result<base::Done> CsvScanner::finish() {
  if (state_ == State::quoted) {
    base::Error error = malformed("csv.unclosed_quote", "a quote opened here is never closed", "close the field with a quote");
    error.place.line = quote_line_;
    return base::fail(std::move(error));
  }
  carriage_return_ = false;  // at the end of the text it ends the row
  if (row_.fields.empty() && field_.text.empty() && field_.quoting == Quoting::unquoted) return base::Done{};
  return end_row();
}

}  // namespace candour::holdings
