// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The errno and the sentence of each reason to refuse a table.  A loader has
 * nothing but the errno of write(2), so no two reasons share one.
 */

#include "reject.h"

static const struct {
	int error;
	const char *text;
} rejects[__MND_REJECT_MAX] = {
	[MND_REJECT_SHORT] = { ENODATA, "shorter than a header" },
	[MND_REJECT_MAGIC] = { ENOEXEC, "not a compiled policy" },
	[MND_REJECT_ABI] = { EPROTONOSUPPORT, "of another ABI version" },
	[MND_REJECT_SIZE] = { EFBIG, "larger than the limit" },
	[MND_REJECT_LENGTH] = { EMSGSIZE, "cut short or too long" },
	[MND_REJECT_CHECKSUM] = { EBADMSG, "damaged: wrong checksum" },
	[MND_REJECT_SECTIONS] = { EPROTO, "unknown sections" },
	[MND_REJECT_LAYOUT] = { EBADSLT, "section out of place" },
	[MND_REJECT_PADDING] = { EBADE, "padding is not zero" },
	[MND_REJECT_STRING] = { EILSEQ, "malformed string" },
	[MND_REJECT_STRING_ORDER] = { ENOTUNIQ, "strings out of order" },
	[MND_REJECT_POLICY] = { EBADRQC, "malformed policy record" },
	[MND_REJECT_SPAN] = { EOVERFLOW, "span leaves its section" },
	[MND_REJECT_LIST] = { EBADFD, "malformed list" },
	[MND_REJECT_SUBJECT] = { EDOM, "malformed subject" },
	[MND_REJECT_SUBJECT_ORDER] = { ERANGE, "subjects out of order" },
	[MND_REJECT_PROCESS] = { ESRMNT, "malformed process rule" },
	[MND_REJECT_CONTEXT] = { ENOLINK, "malformed context" },
	[MND_REJECT_IDENTITY] = { EUSERS, "malformed identity" },
	[MND_REJECT_PRINCIPAL] = { ENOANO, "malformed principal" },
	[MND_REJECT_CAPABILITIES] = { EADV, "malformed capabilities" },
	[MND_REJECT_VARIABLE] = { ENOSTR, "malformed variable" },
	[MND_REJECT_MOUNT] = { ESTRPIPE, "malformed mount rule" },
	[MND_REJECT_VOLUME] = { EREMCHG, "malformed volume" },
	[MND_REJECT_PLATFORM] = { ENOPKG, "malformed platform rule" },
	[MND_REJECT_FRAGMENT] = { EMULTIHOP, "malformed fragment" },
	[MND_REJECT_TRUST_LIST] = { ECOMM, "malformed trust list" },
	[MND_REJECT_MATCHER] = { ENOCSI, "malformed matcher" },
	[MND_REJECT_PATTERN] = { EUNATCH, "malformed pattern" },
	[MND_REJECT_AUTOMATON] = { ELIBBAD, "malformed automaton" },
	[MND_REJECT_CLASS] = { EL2NSYNC, "byte class out of range" },
	[MND_REJECT_CELL] = { ECHRNG, "transition out of range" },
	[MND_REJECT_ACCEPT] = { EBADR, "accept set out of range" },
	[MND_REJECT_SET] = { EXFULL, "malformed accept set" },
	[MND_REJECT_POSITION] = { ENOTNAM, "positions do not match rules" },
};

/**
 * mnd_reject_errno - The error number of a reason
 *
 * @reject: Reason to refuse a table.
 *
 * Return: A negative errno that no other reason has.
 */
int mnd_reject_errno(const enum mnd_reject reject)
{
	return -rejects[reject].error;
}

/**
 * mnd_reject_text - A reason in words
 *
 * @reject: Reason to refuse a table.
 *
 * Return: What the table is, to be read after "table is".
 */
const char *mnd_reject_text(const enum mnd_reject reject)
{
	return rejects[reject].text;
}
