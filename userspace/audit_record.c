// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The audit records of the LSM, taken apart.  A record is "audit(TIME:SERIAL):"
 * and fields; a string that came from user space is quoted or, if it has
 * unusual bytes, hexadecimal.
 */

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lsm/core/deps.h"
#include "audit_record.h"
#include "quote.h"

/* Record types, as in the kernel's include/uapi/linux/audit.h. */
#define AUDIT_MANDATE_ACCESS 1450
#define AUDIT_MANDATE_DOMAIN 1452

/* Fields that hold a string, and so may be hexadecimal. */
static bool is_string(const char *key)
{
	static const char *const keys[] = {
		"comm",	  "container", "got",	  "path",
		"policy", "reason",    "subject", "want",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (!strcmp(keys[i], key))
			return true;
	return false;
}

static int digit(char character)
{
	if (character >= '0' && character <= '9')
		return character - '0';
	if (character >= 'A' && character <= 'F')
		return character - 'A' + 10;
	return -1;
}

/* Undoes the hexadecimal form in place; leaves anything else as it is. */
static void unhex(char *value)
{
	size_t length = strlen(value);
	size_t i;

	for (i = 0; i < length; i++)
		if (length % 2 || digit(value[i]) < 0)
			return;
	for (i = 0; i < length / 2; i++)
		value[i] = (char)(digit(value[2 * i]) << 4 |
				  digit(value[2 * i + 1]));
	value[length / 2] = 0;
}

/* Cuts the next field off; returns its key, and its value by @value. */
static char *next_field(char **rest, char **value)
{
	char *key = *rest + strspn(*rest, " ");
	char *end;

	*value = strchr(key, '=');
	if (!*key || !*value)
		return NULL;
	*(*value)++ = 0;
	if (**value == '"') {
		++*value;
		end = strchr(*value, '"');
		if (!end)
			return NULL;
		*end++ = 0;
	} else {
		end = *value + strcspn(*value, " ");
		if (*end)
			*end++ = 0;
		if (is_string(key))
			unhex(*value);
	}
	*rest = end;
	return key;
}

static const char *event_name(unsigned int type)
{
	if (type == AUDIT_MANDATE_ACCESS)
		return "access";
	return type == AUDIT_MANDATE_DOMAIN ? "domain" : "policy";
}

/**
 * mnd_audit_record_parse - Take a record apart
 *
 * @type: Type of the record.
 * @text: Record as the kernel sends it, not terminated.
 * @length: Of @text, in bytes.
 *
 * Return: An object with the fields, to be released; NULL if it is no record
 * of the LSM, or out of memory.
 */
json_t *mnd_audit_record_parse(unsigned int type, const char *text,
			       size_t length)
{
	char *copy, *rest, *key, *value, *fields;
	json_t *json;
	char time[32] = "";

	if (type < AUDIT_MANDATE_ACCESS || type > AUDIT_MANDATE_DOMAIN)
		return NULL;
	copy = strndup(text, length);
	fields = copy ? strstr(copy, "): ") : NULL;
	if (!fields || sscanf(copy, "audit(%31[0-9.]", time) != 1) {
		free(copy);
		return NULL;
	}
	json = json_pack("{ss ss}", "event", event_name(type), "time", time);
	rest = fields + 3;
	while (json && (key = next_field(&rest, &value)))
		json_object_set_new(json, key, mnd_quote_json(value));
	free(copy);
	return json;
}
