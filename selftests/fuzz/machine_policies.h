/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Policies and fragments for the fuzzer of the request machine.
 */

#ifndef _MANDATE_MACHINE_POLICIES_H
#define _MANDATE_MACHINE_POLICIES_H

#include "../../userspace/compile/compile.h"

#define LAYER "00000000000000000000000000000000000000000000000000000000000000"
#define LAYER_1 LAYER "01"
#define LAYER_2 LAYER "02"
#define LAYER_3 LAYER "03"

#define APP(name)                                       \
	"[[container]]\n"                               \
	"name = '" name "'\n"                           \
	"root = 'verity'\n"                             \
	"layers = ['" LAYER_1 "', '" LAYER_2 "']\n"     \
	"command = ['/app']\n"                          \
	"cwd = '/'\n"                                   \
	"user = 0\n"                                    \
	"groups = ['adm', { name = 'root', id = 0 }]\n" \
	"umask = '0022'\n"                              \
	"capabilities.bounding = ['CAP_KILL']\n"        \
	"no_new_privileges = true\n"                    \
	"seccomp_profile = ''\n"                        \
	"signals = ['TERM']\n"

#define EXEC(command)                  \
	"[[container.exec_process]]\n" \
	"command = ['" command "']\n"  \
	"signals = ['KILL']\n"

#define VOLUME(from)              \
	"[[container.volume]]\n"  \
	"type = 'bind'\n"         \
	"source = '" from "'\n"   \
	"destination = '/data'\n" \
	"options = ['ro']\n"

#define PLATFORM                                                         \
	"[[platform]]\n"                                                 \
	"environment = [{ name = 'P', value = 'x', required = true }]\n" \
	"[[platform.volume]]\n"                                          \
	"type = 'bind'\n"                                                \
	"source = 'hugepages://2M/h'\n"                                  \
	"destination = '/huge'\n"                                        \
	"options = ['ro']\n"

#define ADMIT(feed, include)  \
	"[[fragment]]\n"      \
	"issuer = 'i'\n"      \
	"feed = '" feed "'\n" \
	"minimum_svn = '1'\n" \
	"include = ['" include "']\n"

#define FRAGMENT "name = 'f'\nsvn = 1\n"
#define REGO "package fragment\nsvn := \"1\"\nframework_version := \"0.5.0\"\n"

/* Two containers that differ in what can be executed, and all fragments. */
static const char *const two[] = {
	"name = 'two'\n"
	"[[uvm.external_process]]\n"
	"command = ['/app']\n"
	"cwd = '/'\n"
	"environment = []\n"
	"[[uvm.external_process]]\n"
	"command = [{ re2 = '[a-z]+' }]\n"
	"file = { any = true }\n",
	ADMIT("containers", "containers"),
	"parameters = '{\"a\": \"/one\"}'\n",
	ADMIT("containers", "containers"),
	"parameters = '{\"a\": \"/two\"}'\n",
	ADMIT("platform", "platform_rules', 'fragments"),
	ADMIT("nested", "fragments', 'external_processes"),
	ADMIT("namespace", "containers', 'namespace"),
	"parameters = '{\"a\": \"/three\"}'\n",
	ADMIT("receipt", "containers"),
	"receipts = ['r']\n"
	"[[trust_list]]\n"
	"issuer = 'i'\n"
	"subject = 's'\n"
	"minimum_svn = 1\n"
	"ledgers = ['l']\n",
	APP("a"),
	"environment = [{ re2 = 'A=[0-9]+' }]\n",
	VOLUME("plan9://x"),
	EXEC("/app"),
	EXEC("ps"),
	APP("b"),
	"environment = [{ re2 = 'A=[0-9]+' }]\n",
	VOLUME("sandbox:///d"),
	EXEC("/app"),
	EXEC("sh"),
	NULL,
};

/* What can be dropped is; platforms; and one can be privileged. */
static const char *const dropping[] = {
	"name = 'dropping'\n"
	"[requests]\n"
	"strict = true\n"
	"drop_variables = true\n"
	"drop_capabilities = true\n"
	"plain_scratch = true\n",
	PLATFORM,
	"[[platform]]\n"
	"environment = [{ exact = 'Q=1', required = true }]\n",
	ADMIT("platform", "platform_rules"),
	APP("a"),
	"environment = [{ re2 = 'A=.*' }, 'C=1']\n",
	EXEC("/app"),
	"stdio = false\n",
	EXEC("ps"),
	"capabilities.bounding = ['CAP_CHOWN']\n",
	APP("b"),
	"elevated = true\n"
	"environment = [{ re2 = 'B=.*' }]\n",
	EXEC("ps"),
	EXEC("sh"),
	"capabilities = 'default'\n",
	EXEC("top"),
	"capabilities = 'any'\n",
	NULL,
};

/* What the rules are not asked about. */
static const char *const allowing[] = {
	"name = 'allowing'\n"
	"[requests]\n"
	"create_container = 'allow'\n"
	"exec_in_container = 'allow'\n"
	"mount_overlay = 'allow'\n"
	"load_fragment = 'allow'\n"
	"load_transparency_trust_list = 'allow'\n"
	"get_properties = 'allow'\n"
	"plan9_mount = 'deny'\n",
	APP("a"),
	NULL,
};

/* What is not compared; and two that differ in their streams. */
static const char *const lax[] = {
	"name = 'lax'\n"
	"[[container]]\n"
	"name = 'b'\n"
	"root = 'verity'\n"
	"layers = ['" LAYER_1 "', '" LAYER_2 "']\n"
	"command = ['/app']\n"
	"stdio = false\n"
	"[[container]]\n"
	"name = 'a'\n"
	"root = 'verity'\n"
	"elevated = true\n"
	"layers = ['" LAYER_1 "', '" LAYER_2 "']\n"
	"command = [{ re2 = '/.*' }]\n"
	"file = { any = true }\n"
	"signals = ['TERM', 'KILL', 1, 64]\n",
	EXEC("ps"),
	"stdio = false\n",
	NULL,
};

/* A policy, and the table that it becomes. */
static struct {
	const char *const *parts;
	u8 *bytes;
	u32 length;
} policies[] = { { two }, { dropping }, { allowing }, { lax } };

static char *join(const char *const *parts)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	must(file);
	while (*parts)
		fputs(*parts++, file);
	must(!fclose(file));
	return text;
}

static __attribute__((constructor)) void compile_policies(void)
{
	struct mnd_string_ref source;
	struct mnd_error error;
	size_t i;
	char *text;

	for (i = 0; i < ARRAY_SIZE(policies); i++) {
		text = join(policies[i].parts);
		source = (struct mnd_string_ref){ text, strlen(text) };
		if (mnd_compile_source(&source, false, &policies[i].bytes,
				       &policies[i].length, &error)) {
			fprintf(stderr, "policy %zu: %u:%u: %s\n", i,
				error.line, error.column, error.text);
			abort();
		}
		free(text);
	}
}

/* Fragments of each kind. */
static const struct {
	const char *feed;
	enum mnd_language language;
	const char *parts[4];
} fragments[] = {
	{ "containers",
	  MND_LANGUAGE_MANDATE,
	  { FRAGMENT, APP("f"), EXEC("top") } },
	{ "containers",
	  MND_LANGUAGE_HCSSHIM_REGO,
	  { REGO, "parameters_api := {\"a\": {\"default\": \"/x\"}}\n",
	    "containers := [{\"layers\": [parameter(\"a\")]}]\n" } },
	{ "platform",
	  MND_LANGUAGE_MANDATE,
	  { FRAGMENT, PLATFORM, ADMIT("deep", "containers") } },
	{ "platform",
	  MND_LANGUAGE_HCSSHIM_REGO,
	  { REGO,
	    "platform_rules := [{\"mounts\": [], \"env_rules\": []}]\n" } },
	{ "namespace",
	  MND_LANGUAGE_HCSSHIM_REGO,
	  { REGO, "fragments := []\n" } },
	{ "nested",
	  MND_LANGUAGE_MANDATE,
	  { FRAGMENT, "[[uvm.external_process]]\ncommand = ['/bin/sh']\n",
	    ADMIT("platform", "platform_rules") } },
	{ "deep", MND_LANGUAGE_MANDATE, { FRAGMENT, APP("g") } },
	{ "receipt", MND_LANGUAGE_UNKNOWN, { REGO } },
};

#endif /* _MANDATE_MACHINE_POLICIES_H */
