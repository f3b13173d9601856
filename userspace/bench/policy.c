// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The policies of `mandate bench`, in hcsshim's Rego: containers with three
 * layers, twenty environment rules of which half are expressions, two mounts,
 * two exec processes and explicit capabilities.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "policy.h"
#include "../policy/word.h"

const char *const mnd_bench_capabilities[MND_BENCH_CAPABILITIES] = {
	"CAP_CHOWN",
	"CAP_DAC_OVERRIDE",
	"CAP_FSETID",
	"CAP_FOWNER",
	"CAP_MKNOD",
	"CAP_NET_RAW",
	"CAP_SETGID",
	"CAP_SETUID",
	"CAP_SETFCAP",
	"CAP_SETPCAP",
	"CAP_NET_BIND_SERVICE",
	"CAP_SYS_CHROOT",
	"CAP_KILL",
	"CAP_AUDIT_WRITE",
};

/* Prints Rego in which quotes are single. */
static __printf(2, 3) void put(FILE *stream, const char *format, ...)
{
	char text[1024], *quote;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	while ((quote = strchr(text, '\'')))
		*quote = '"';
	fputs(text, stream);
}

static void put_layers(FILE *stream, unsigned int image)
{
	unsigned int i;

	put(stream, "'layers': [");
	for (i = 0; i < MND_BENCH_LAYERS; i++)
		put(stream, "%s'" MND_BENCH_LAYER_FORMAT "'", i ? ", " : "",
		    0xabcdefU, image, i);
	put(stream, "],\n");
}

static void put_rule(FILE *stream, const char *text, const char *strategy,
		     bool is_last)
{
	put(stream, "{'pattern': '%s', 'strategy': '%s', 'required': false}%s",
	    text, strategy, is_last ? "" : ",\n");
}

/* Two of ten strings and one of ten expressions are the image's own. */
static void put_variables(FILE *stream, unsigned int image)
{
	char text[64];
	unsigned int i;

	put(stream, "'env_rules': [");
	for (i = 0; i < MND_BENCH_VARIABLES; i++) {
		if (i < 2)
			snprintf(text, sizeof(text),
				 "SERVICE_NAME_%u=service-%u", i, image);
		else if (i < MND_BENCH_VARIABLES / 2)
			snprintf(text, sizeof(text), "SETTING_%u=value_%u", i,
				 i);
		else if (i == MND_BENCH_VARIABLES / 2)
			snprintf(text, sizeof(text),
				 "SERVICE_%u_PORT=[0-9]{1,5}", image);
		else
			snprintf(text, sizeof(text), "PATTERN_%u=[a-z0-9-]+",
				 i);
		put_rule(stream, text,
			 i < MND_BENCH_VARIABLES / 2 ? "string" : "re2",
			 i == MND_BENCH_VARIABLES - 1);
	}
	put(stream, "],\n");
}

static void put_mounts(FILE *stream)
{
	put(stream,
	    "'mounts': [\n"
	    "{'destination': '/data', 'source': 'sandbox:///data/.+',\n"
	    "'options': ['rbind', 'rshared', 'rw'], 'type': 'bind'},\n"
	    "{'destination': '/cache', 'source': 'sandbox:///cache',\n"
	    "'options': ['rbind', 'rshared', 'ro'], 'type': 'bind'}],\n");
}

static void put_processes(FILE *stream)
{
	put(stream,
	    "'exec_processes': [\n"
	    "{'command': ['" MND_BENCH_EXEC "', '--check'], 'signals': [9]},\n"
	    "{'command': ['/bin/sh', '-c', 'date'], 'signals': [9, 15]}],\n"
	    "'signals': [9, 15],\n");
}

static void put_set(FILE *stream, unsigned int set)
{
	const bool is_empty = set == MND_INHERITABLE || set == MND_AMBIENT;
	unsigned int i;

	put(stream, "%s'%s': [", set ? ",\n" : "", mnd_set_words[set]);
	for (i = 0; !is_empty && i < MND_BENCH_CAPABILITIES; i++)
		put(stream, "%s'%s'", i ? ", " : "", mnd_bench_capabilities[i]);
	put(stream, "]");
}

static void put_capabilities(FILE *stream)
{
	unsigned int set;

	put(stream, "'capabilities': {");
	for (set = 0; set < __MND_CAPABILITY_SET_MAX; set++)
		put_set(stream, set);
	put(stream, "},\n");
}

static void put_rest(FILE *stream)
{
	put(stream,
	    "'user': {'user_idname': {'pattern': '1000', 'strategy': 'id'},\n"
	    "'group_idnames': [{'pattern': '', 'strategy': 'any'}],\n"
	    "'umask': '0022'},\n"
	    "'seccomp_profile_sha256': '',\n"
	    "'allow_elevated': false,\n"
	    "'working_dir': '/srv',\n"
	    "'allow_stdio_access': true,\n"
	    "'no_new_privileges': true\n");
}

static void put_container(FILE *stream, const struct mnd_bench_variant *variant,
			  unsigned int number)
{
	const unsigned int image = mnd_bench_image(variant, number);

	put(stream,
	    "{\n"
	    "'command': ['" MND_BENCH_COMMAND "', '--serve', '--number=%u'],\n",
	    number);
	put_variables(stream, image);
	put_layers(stream, image);
	put_mounts(stream);
	put_processes(stream);
	put_capabilities(stream);
	put_rest(stream);
	put(stream, "},\n");
}

static void put_policy(FILE *stream, const struct mnd_bench_variant *variant)
{
	unsigned int i;

	put(stream, "package policy\n\n"
		    "api_version := '0.12.0'\n"
		    "framework_version := '0.5.0'\n\n"
		    "containers := [\n");
	for (i = 0; i < variant->containers; i++)
		put_container(stream, variant, i);
	put(stream, "]\n");
	for (i = 0; i < __MND_POINT_MAX; i++)
		fprintf(stream, "%s := data.framework.%s\n", mnd_point_words[i],
			mnd_point_words[i]);
}

/**
 * mnd_bench_policy - Write a policy
 *
 * @variant: Which.
 * @length: Written: bytes of it.
 *
 * Return: The policy, to be freed, or NULL if there is no memory.
 */
char *mnd_bench_policy(const struct mnd_bench_variant *variant, size_t *length)
{
	char *text = NULL;
	FILE *stream = open_memstream(&text, length);

	if (!stream)
		return NULL;
	put_policy(stream, variant);
	if (!fclose(stream))
		return text;
	free(text);
	return NULL;
}
