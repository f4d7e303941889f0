package remote

// awkwardText must cross as it is: a proclitic, tashkeel, tatweel, quotes, a
// slash, RLM and LRM, ZWNJ, an emoji, a CRLF and an NFD letter.
const awkwardText = "لأذربيجان «مُحَمَّدٌ» “السـلام”\r\nسبتمبر/أيلول 2018\u200f F-16\u200e 🙂 می\u200cخواهم الا\u0653ن"
